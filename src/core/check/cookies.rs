//! The site's cookies, where the person let Mend look: too many to send, or a session in pieces that do not fit.

use super::{Check, Scene};
use crate::core::{fact::Fact, jar::Token, time::MINUTE};

pub(super) const CHECK: Check = Check { name: "cookies", check, tells: &[Fact::CookiesLarge, Fact::TokenMixed] };

/// A line of a request's head may have 8 KB (nginx, large_client_header_buffers); the signs between them take their share.
const LARGE: u32 = 7_500;

fn check(scene: &Scene<'_>, _: &[Fact]) -> Vec<Fact> {
    let jar = scene.tab.and_then(|tab| tab.jar.as_ref());
    let Some(jar) = jar.filter(|jar| jar.at.abs_diff(scene.focus.at) <= (10 * MINUTE).unsigned_abs()) else {
        return Vec::new();
    };
    let large = (jar.bytes >= LARGE).then_some(Fact::CookiesLarge);
    let mixed = matches!(jar.token, Token::Broken | Token::Doubled).then_some(Fact::TokenMixed);
    large.into_iter().chain(mixed).collect()
}
