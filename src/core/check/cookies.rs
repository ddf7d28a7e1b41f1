//! The site's cookies, where the person let Mend look: too many to send, or a session in pieces that do not fit.

use super::{Check, CheckContext};
use crate::core::{cookies::SessionCookie, fact::Fact, time::MINUTE};

pub(super) const CHECK: Check = Check { name: "cookies", check, tells: &[Fact::CookiesLarge, Fact::TokenMixed] };

/// A line of a request's head may have 8 KB (nginx, large_client_header_buffers); the signs between them take their share.
const LARGE: u32 = 7_500;

fn check(context: &CheckContext<'_>, _: &[Fact]) -> Vec<Fact> {
    let cookies = context.tab.and_then(|tab| tab.cookies.as_ref());
    let Some(cookies) =
        cookies.filter(|cookies| cookies.at.abs_diff(context.primary.at) <= (10 * MINUTE).unsigned_abs())
    else {
        return Vec::new();
    };
    let large = (cookies.bytes >= LARGE).then_some(Fact::CookiesLarge);
    let mixed = matches!(cookies.token, SessionCookie::Broken | SessionCookie::Doubled).then_some(Fact::TokenMixed);
    large.into_iter().chain(mixed).collect()
}
