//! The forecast of how long an incident of the provider may last: a range with the number of past incidents behind it;
//! for maintenance, the scheduled window.

use super::tabs::case_of;
use crate::core::{
    Millis, Model,
    diagnose::{diagnosis, forecast, primary},
    event::TabId,
    history::History,
    msg::{Arg, Msg, msg},
    names::Cause,
    observe::needs,
    status::Component,
    time::{MINUTE, since},
};

/// The forecast for a tab.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forecast {
    /// The text, if there is a forecast.
    pub words: Option<Msg>,
    /// Whether the provider's history would improve it and should be read now.
    pub ask: bool,
}

/// The forecast for this tab, with the history that is known.
pub fn forecast(model: &Model, tab: Option<TabId>, history: &History, now: Millis) -> Forecast {
    of_case(model, tab, history, now).unwrap_or_default()
}

fn of_case(model: &Model, tab: Option<TabId>, history: &History, now: Millis) -> Option<Forecast> {
    let case = case_of(model, tab).filter(|case| model.access && case.mended.is_none())?;
    let verdict = diagnosis(model, tab.and_then(|id| model.tab(id)), case, now)?;
    let needs = needs(primary(case)?);
    let page = model.provider.as_ref()?.page.as_ref()?;
    match verdict.cause {
        Cause::Outage => {
            let incident = page.incident(needs)?;
            let gone = since(now, incident.began?) / MINUTE;
            let left = forecast::remaining(gone, incident.status, &history.past);
            let key = if history.unread > 0 { "forecast_partly" } else { "forecast" };
            let words = msg(key).number(round(left.p25)).number(round(left.p75)).number(left.n.into());
            let words = if history.unread > 0 { words.number(history.unread.into()) } else { words };
            // The history is read only for conversations and sign-in.
            let listed = incident.hits(&[Component::Conversations, Component::Login]);
            Some(Forecast { words: Some(words), ask: listed && history.is_due(now) })
        }
        Cause::Maintenance => {
            let until = page.maintenance(needs)?.until?;
            let key = if until > now { "forecast_planned" } else { "forecast_overran" };
            let words = Msg { at: Some(until), ..msg(key).arg(Arg::Clock(until)) };
            Some(Forecast { words: Some(words), ask: false })
        }
        _ => None,
    }
}

/// Rounds to a plausible precision.
fn round(minutes: i64) -> i64 {
    let step = match minutes {
        ..10 => 1,
        10..60 => 5,
        60..300 => 10,
        _ => 30,
    };
    (minutes + step / 2) / step * step
}
