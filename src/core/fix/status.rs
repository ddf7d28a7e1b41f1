//! Rung 2: what the provider says. Its work is to read the status page again.

use super::{Fit, Link, Offer, Situation, Step};
use crate::core::{
    check::Stage,
    msg::{Msg, msg},
    names::{Blame, Cause, Rung},
};

pub(super) const STEP: Step =
    Step { rung: Rung::Status, offer, run: Some(|model, _, now| model.ask_status(now, true)) };

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
    let link = Some(Link { key: "status_open", url: "https://status.openai.com/" });
    Offer { fit, words: words(situation), button: Some("status_do"), link }
}

fn words(situation: &Situation<'_>) -> Vec<Msg> {
    let now = situation.now;
    let Some(provider) = situation.provider else { return vec![msg("status_unasked")] };
    let read = msg("status_read").ago(now, provider.at);
    match (situation.incident, &provider.page) {
        (Some(incident), _) => {
            let stage = match incident.stage {
                Stage::Investigating => msg("stage_investigating"),
                Stage::Identified => msg("stage_identified"),
                Stage::Monitoring => msg("stage_monitoring"),
                Stage::Other => msg("stage_other"),
            };
            let began = incident.began.map(|began| msg("incident_began").ago(now, began));
            let updated = incident.updated.map(|updated| msg("incident_updated").ago(now, updated));
            [Some(msg("incident_name").text(&incident.name)), Some(stage), began, updated, Some(read)]
                .into_iter()
                .flatten()
                .collect()
        }
        (None, Some(_)) => vec![msg("status_green"), read],
        (None, None) => vec![msg("status_unread"), read],
    }
}
