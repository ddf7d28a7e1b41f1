//! The provider's status page. Its actions are to read it again, and to notify when an incident is over.

use super::{Button, Fit, Handlers, Link, Offer, Situation, Step, TaskEnded, watching};
use crate::core::{
    Effect, Millis, Model,
    event::TabId,
    incident_alerts,
    model::StatusReading,
    msg::{Msg, msg},
    names::{Action, Blame, Cause, Rung, State},
    observe::needs,
    permission::Permission,
    recovery,
    status::{CHAT, IncidentStatus, relevant_incident},
};

pub(super) const STEP: Step = Step { failed: "note_checked", ..Step::new(Rung::Status, offer) };
pub(super) const HANDLERS: Handlers = Handlers { rung: Rung::Status, start, done, undo: None, reloads: false };

fn offer(situation: &Situation<'_>) -> Offer {
    let fit = match situation.verdict.cause {
        Cause::Outage
        | Cause::Overload
        | Cause::Maintenance
        | Cause::ServerError
        | Cause::BadGateway
        | Cause::GatewayTimeout => Fit::Best,
        cause if matches!(cause.blame(), Blame::Them | Blame::Network | Blame::Unknown) => Fit::Fits,
        _ => Fit::Useless("skip_explained"),
    };
    let links = vec![
        Link { key: "status_open", url: "https://status.openai.com/" },
        Link { key: "status_feed", url: "https://status.openai.com/feed.atom" },
    ];
    let read = Button::plain(Action::ReadStatus, "status_do");
    let ask = |act, key| Button { act, label: msg(key), needs: &[Permission::Notifications] };
    let (tell, all) = (ask(Action::Follow, "follow_do"), ask(Action::FollowAll, "follow_all_do"));
    let (follows, watches) = (situation.model.incident_alerts.is_some(), situation.model.recovery.is_some());
    let buttons = match (follows || watches, situation.incident) {
        (true, _) => vec![read, Button::plain(Action::Unfollow, "unfollow_do")],
        (false, Some(_)) => vec![tell, read, all],
        (false, None) => vec![read, tell, all],
    };
    let mut words = words(situation);
    words.extend(situation.model.recovery.as_ref().map(watching));
    words.extend(follows.then(|| msg("following_all")));
    let reading = situation.model.reading_status().is_some();
    // Shown as running while a notification is awaited.
    let running = reading || situation.waits();
    Offer { buttons, links, busy: reading, running, ..Offer::words(fit, words) }
}

fn words(situation: &Situation<'_>) -> Vec<Msg> {
    let now = situation.now;
    let Some(provider) = situation.provider else { return vec![msg("status_unasked")] };
    let read = msg("status_read").ago(now, provider.at);
    match (situation.incident, &provider.page) {
        (Some(incident), _) => {
            let status = match incident.status {
                IncidentStatus::Investigating => msg("incident_status_investigating"),
                IncidentStatus::Identified => msg("incident_status_identified"),
                IncidentStatus::Monitoring => msg("incident_status_monitoring"),
                IncidentStatus::Other => msg("incident_status_other"),
            };
            let began = incident.began.map(|began| msg("incident_began").ago(now, began));
            let updated = incident.updated.map(|updated| msg("incident_updated").ago(now, updated));
            [Some(msg("incident_name").text(&incident.name)), Some(status), began, updated, Some(read)]
                .into_iter()
                .flatten()
                .collect()
        }
        (None, Some(page)) => {
            let needs = needs(situation.primary);
            let elsewhere = page.elsewhere(needs).join(", ");
            let impaired = page.impaired(needs).map(|part| msg("fact_part_impaired").text(&part.name));
            let elsewhere = (!elsewhere.is_empty()).then(|| msg("fact_incident_elsewhere").text(&elsewhere));
            [impaired.or_else(|| Some(msg("status_green"))), elsewhere, Some(read)].into_iter().flatten().collect()
        }
        (None, None) => vec![msg("status_unread"), read],
    }
}

fn start(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    match act {
        Action::Follow => recovery::begin(model, tab, None, now),
        Action::FollowAll => incident_alerts::begin(model, now),
        Action::Unfollow => {
            recovery::end(model);
            model.incident_alerts = None;
            Vec::new()
        }
        Action::ReadStatus => read(model, tab, act, now),
        _ => Vec::new(),
    }
}

fn read(model: &mut Model, tab: TabId, act: Action, now: Millis) -> Vec<Effect> {
    let effects = model.ask_status(now, true);
    if let Some(case) = model.tab_mut(tab).case.as_mut().filter(|_| !effects.is_empty()) {
        case.begin(Rung::Status, act, now);
    }
    effects
}

/// A failed reading is shown as well.
fn done(model: &mut Model, ended: TaskEnded, now: Millis) -> Vec<Effect> {
    model.provider = Some(StatusReading { at: ended.at, page: None });
    status_read(model);
    recovery::heard(model, now)
}

/// After a reading: without an incident the attempt failed; with one the rung has more to offer.
pub(crate) fn status_read(model: &mut Model) {
    let page = model.provider.as_ref().and_then(|provider| provider.page.as_ref());
    let open = page.is_some_and(|page| relevant_incident(page, CHAT).is_some());
    for case in model.tabs.iter_mut().filter_map(|tab| tab.case.as_mut()) {
        case.attempts.retain(|attempt| !(open && attempt.rung == Rung::Status));
        let reading = case.attempts.iter_mut().filter(|one| one.rung == Rung::Status && one.state == State::Running);
        reading.for_each(|attempt| attempt.state = State::Failed);
    }
}
