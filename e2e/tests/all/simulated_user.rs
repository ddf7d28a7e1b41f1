//! Planted causes, and a person who only does what Mend recommends: each ends in fixed, or in the right words for what
//! only the person or the provider can do; no step is offered that could not help; and nobody is signed out in vain.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use mend_e2e::{
    Browser, ExtensionSet, Fixture, Harm, LOOK_TIME, Outcome, Setup, SimulatedUser, UserRun, require_permissions,
    rounds,
};
use mend_lab::{Http, Lang};
use tempfile::TempDir;

/// How the run must end.
#[derive(Clone, Copy)]
enum Ends {
    /// It works again.
    Fixed,
    /// The verdict: whose side, which cause.
    Told(&'static str, &'static str),
    /// The same, with this advice.
    Advised(&'static str, &'static str, &'static str),
}
use Ends::*;

/// What breaks the page.
#[derive(Clone, Copy)]
enum Planted {
    /// A fault of the lab's, from the first page on.
    In(&'static str),
    /// A fault that begins while the page is open.
    Later(&'static str),
    /// Some among so many extensions.
    Among(usize, Harm),
}
use Planted::*;

/// Name, what is planted, where it must end, which rungs must never be recommended.
type Row = (&'static str, Planted, Ends, &'static [&'static str]);

const OWN: &[&str] = &["cache-cookies", "extensions"];
const ALL: &[&str] = &["reload", "cache-cookies", "extensions"];

const ROWS: &[Row] = &[
    ("stale-deploy", In("stale-deploy"), Fixed, &["extensions"]),
    ("cookies-431", In("cookies-431"), Fixed, &["extensions"]),
    ("cookies-400", In("cookies-400"), Fixed, &[]),
    ("session-corrupt", In("session-corrupt-cookie"), Fixed, &["extensions"]),
    ("session-cut", In("session-cut-cookie"), Fixed, &["extensions"]),
    ("session-expired", In("session-expired-cookie"), Fixed, &["extensions"]),
    ("extension-spoils", Among(16, Harm::Spoils), Fixed, &[]),
    ("extension-blocks", Among(16, Harm::Blocks), Fixed, &[]),
    ("extension-pair", Among(16, Harm::Pair), Fixed, &[]),
    ("extension-sometimes", Among(16, Harm::Sometimes), Fixed, &[]),
    ("extension-of-64", Among(64, Harm::Spoils), Fixed, &[]),
    ("captive-portal", Later("captive-portal"), Told("network", "captive-portal"), OWN),
    ("dns", Later("dns"), Told("network", "dns"), OWN),
    ("proxy", Later("proxy"), Told("network", "proxy-or-vpn"), OWN),
    ("challenge-once", In("challenge-once"), Fixed, &["extensions"]),
    ("region", In("403-region"), Told("network", "region-blocked"), ALL),
    ("clock", In("clock"), Told("browser", "clock"), OWN),
    ("storage-full", In("storage-full-until"), Fixed, &["extensions"]),
    ("outage-red", In("500-incident"), Told("them", "outage"), ALL),
    ("outage-green", In("500"), Told("them", "server-error"), OWN),
    ("plan-limit", In("429-plan"), Advised("limit", "plan-window", "wait-until"), ALL),
];

#[tokio::test]
async fn chromium_simulated_user_reaches_the_right_end() -> Result<()> {
    simulated_user_reaches_the_right_end(Browser::Chromium, 0).await
}

#[tokio::test]
async fn firefox_simulated_user_reaches_the_right_end() -> Result<()> {
    simulated_user_reaches_the_right_end(Browser::Firefox, 1).await
}

/// Every second row, so that each cause is met in one of the browsers; with `MEND_FULL=1` all of them, and with `MEND_ONLY` the
/// one that it names.
async fn simulated_user_reaches_the_right_end(browser: Browser, first: usize) -> Result<()> {
    let only = std::env::var("MEND_ONLY").ok();
    let known = |only: &String| ROWS.iter().any(|row| row.0 == only);
    ensure!(only.as_ref().is_none_or(known), "MEND_ONLY={only:?} names no row");
    let mut wrong = Vec::new();
    let rows = ROWS.iter().enumerate().filter(|(at, row)| match &only {
        Some(only) => row.0 == only,
        None => rounds(0, 1) == 1 || at % 2 == first,
    });
    for (_, row) in rows {
        if let Err(error) = one(browser, row).await {
            println!("{:<24}{:<10}WRONG", row.0, browser.to_string());
            wrong.push(format!("{}: {error:#}", row.0));
        }
    }
    ensure!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// A browser of its own: what is planted stays in its profile.
async fn one(browser: Browser, row: &Row) -> Result<()> {
    let (mut extension_set, folder) = (None, TempDir::with_prefix("mend-permissions-")?);
    let fixture = match row.1 {
        In(fault) => Fixture::start(browser, fault).await?,
        Later(fault) => Fixture::before_fault(browser, Http::Both, Lang::En, fault, |setup| setup).await?,
        Among(count, harm) => {
            let extension_set = extension_set.insert(ExtensionSet::create(count, harm)?);
            let mend = match browser {
                Browser::Chromium => require_permissions(&browser.mend()?, &["management"], folder.path())?,
                Browser::Firefox => browser.mend()?,
            };
            Fixture::with_setup(browser, Http::Both, "well", |setup| extension_set.install(Setup { mend, ..setup }))
                .await?
        }
    };
    if let Some(extension_set) = &extension_set {
        extension_set.wait_until_active(&fixture.session).await?;
    }
    let chat = fixture.session.open_chat("/").await?;
    if let Later(_) = row.1 {
        chat.wait_for_page().await?;
        fixture.begin(&chat).await?;
    }
    // A page that never came to life has no message to fail with, and one may break while the person writes; the popup
    // tells of the page then, once it has looked.
    if chat.send("Why is the sky blue?").await.is_ok() {
        let _ = chat.wait_for_outcome().await;
    }
    tokio::time::sleep(LOOK_TIME).await;
    let popup = fixture.session.open_popup().await?;
    let works_in_private = !matches!(row.1, Later(_)) && matches!(row.2, Fixed);
    let person = SimulatedUser { chat: &chat, popup: &popup, works_in_private, kill: None };
    if let Among(_, Harm::Sometimes) = row.1 {
        // Whoever sees it come and go has seen it go.
        for works in [false, true, false] {
            chat.reload().await?;
            ensure!(person.works().await == works, "it comes and goes otherwise");
        }
    }
    let run = person.run().await?;
    println!("{}", run.row(row.0, browser));
    judge(&run, row)?;
    if let (Some(extension_set), Among(count, harm)) = (extension_set, row.1) {
        ensure!(run.loads <= most(count, harm), "found after {} loads", run.loads);
        let harmful: BTreeSet<String> = extension_set.harmful().iter().map(|one| one.name.clone()).collect();
        let off = popup.switched_off().await?;
        ensure!(off == harmful, "{harmful:?} are harmful, and these are off: {off:?}");
    }
    fixture.session.stop().await
}

/// So many loads a search may take (what comes and goes is looked at several times each).
fn most(count: usize, harm: Harm) -> usize {
    match (harm, count) {
        (Harm::Pair, _) => 12,
        (Harm::Sometimes, _) => 20,
        (_, 0..=16) => 5,
        _ => 7,
    }
}

fn judge(run: &UserRun, row: &Row) -> Result<()> {
    let (first, last) = (&run.snapshots.0.verdict, run.snapshots.1.table());
    match row.2 {
        Fixed => {
            ensure!(first.blame != "benign", "nothing was noticed\n{last}");
            ensure!(run.outcome == Outcome::Fixed, "it is not fixed\n{last}");
        }
        Told(blame, cause) | Advised(blame, cause, _) => {
            ensure!(run.outcome == Outcome::Words, "it cannot be fixed\n{last}");
            ensure!((first.blame.as_str(), first.cause.as_str()) == (blame, cause), "{first:?}");
        }
    }
    if let Advised(.., advice) = row.2 {
        ensure!(first.advice.as_deref() == Some(advice), "{first:?}");
    }
    let vain: Vec<_> = row.3.iter().filter(|step| run.offered.contains(**step)).collect();
    ensure!(vain.is_empty(), "{vain:?} cannot help and were recommended\n{last}");
    ensure!(run.signed_in, "signed out\n{last}");
    Ok(())
}
