//! The site's cookies, where the permission is granted: too large to send, or an inconsistent session cookie.

use super::{Check, CheckContext};
use crate::core::{cookies::SessionCookie, fact::Fact, time::MINUTE};

pub(super) const CHECK: Check = Check { name: "cookies", check, tells: &[Fact::CookiesLarge, Fact::TokenMixed] };

/// A header line may have 8 KB (nginx, large_client_header_buffers), including the separators.
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
