//! The fault in force.
//!
//! Owns which row of the table counts now, since when, and whether it has healed. Never answers a request.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use crate::fault::{Fault, Heals, How, Place, Plant, Script, StatusPage, Way};
use crate::faults::{self, UnknownFault};
use crate::log::Log;
use crate::talk::Talks;
use crate::{Generation, Lang, Options};

/// How long a long answer takes.
const LONG: Duration = Duration::from_secs(30);

/// What all connections share.
pub(crate) struct State {
    /// What was asked.
    pub log: Log,
    /// The language of the page.
    pub lang: Lang,
    /// Which page it is, where its address does not say.
    pub page: Generation,
    /// Where the parts of the page's editor are.
    pub modules: Option<PathBuf>,
    /// The conversations that were begun.
    pub talks: Talks,
    now: Mutex<InForce>,
}

struct InForce {
    name: String,
    fault: &'static Fault,
    /// Seconds, messages or calls, where its name says so.
    number: u64,
    since: Instant,
    since_date: OffsetDateTime,
    /// Messages that asked for an answer.
    messages: u64,
    /// Calls of the API.
    calls: u64,
    /// Chat answers given while broken.
    broken: u32,
    reloaded: bool,
    /// Where the one odd answer was given.
    given: Vec<Place>,
    /// The page from before the deploy is kept, and no longer given.
    deployed: bool,
    /// The edge asked for its check.
    refused: bool,
    /// Until when an answer is on its way, for those that come one at a time.
    busy: Option<Instant>,
}

impl InForce {
    fn new(name: &str) -> Result<Self, UnknownFault> {
        let (fault, number) = faults::find(name)?;
        Ok(InForce {
            name: name.to_owned(),
            fault,
            number,
            since: Instant::now(),
            since_date: OffsetDateTime::now_utc(),
            messages: 0,
            calls: 0,
            broken: 0,
            reloaded: false,
            given: Vec::new(),
            deployed: false,
            refused: false,
            busy: None,
        })
    }

    fn healed(&self) -> bool {
        match self.fault.heals {
            Heals::Never => false,
            Heals::OnReload => self.reloaded,
            Heals::AfterSeconds => self.since.elapsed() >= Duration::from_secs(self.number),
            Heals::InBetween => self.messages.checked_rem(self.number) != Some(0),
            Heals::AfterCalls => self.calls > self.number,
        }
    }

    /// What the table says of a place, for this request.
    fn how(&mut self, place: Place) -> How {
        match self.fault.how(place) {
            How::Once(_) if self.given.contains(&place) => How::Well,
            How::OneAtATime(refusal) if self.busy.is_some_and(|until| Instant::now() < until) => How::Say(refusal),
            How::OneAtATime(_) => {
                self.busy = Some(Instant::now() + LONG);
                How::Stream(Script::Long)
            }
            how => {
                if let How::Once(_) = how {
                    self.given.push(place);
                }
                how
            }
        }
    }
}

impl State {
    pub fn new(options: &Options) -> Result<Self, UnknownFault> {
        Ok(State {
            log: Log::new(),
            lang: options.lang,
            page: options.page,
            modules: options.modules.clone(),
            talks: Talks::default(),
            now: Mutex::new(InForce::new(&options.fault)?),
        })
    }

    /// Puts a fault in force; whatever the one before remembered is gone.
    pub fn set(&self, name: &str) -> Result<(), UnknownFault> {
        let next = InForce::new(name)?;
        *self.lock() = next;
        Ok(())
    }

    /// The name of the fault, as it was set.
    pub fn name(&self) -> String {
        self.lock().name.clone()
    }

    /// How a place answers at this moment. Asking counts as a request.
    pub fn how(&self, place: Place) -> How {
        let mut now = self.lock();
        match place {
            Place::Page => now.reloaded = now.broken > 0,
            Place::Chat => now.messages += 1,
            Place::Api => now.calls += 1,
            Place::Stop => now.busy = None,
            _ => {}
        }
        if now.healed() {
            return How::Well;
        }
        let how = now.how(place);
        if place == Place::Chat && !matches!(how, How::Well) {
            now.broken += 1;
        }
        how
    }

    /// What becomes of every answer on its way.
    pub fn way(&self) -> Way {
        self.lock().fault.way
    }

    /// What the status page says, and when the fault was set.
    pub fn status(&self) -> (StatusPage, OffsetDateTime) {
        let now = self.lock();
        let page = if now.healed() { StatusPage::Green } else { now.fault.status };
        (page, now.since_date)
    }

    /// What is planted in the browser.
    pub fn plant(&self) -> Option<Plant> {
        self.lock().fault.plant
    }

    /// Whether this is the first answer of a place that leaves something behind.
    pub fn first(&self, place: Place) -> bool {
        let given = &mut self.lock().given;
        let first = !given.contains(&place);
        if first {
            given.push(place);
        }
        first
    }

    /// From now on the page is the one from after the deploy.
    pub fn deploy(&self) {
        self.lock().deployed = true;
    }

    /// Whether it is.
    pub fn is_deployed(&self) -> bool {
        self.lock().deployed
    }

    /// From now on the page begins with the edge's check.
    pub fn refuse(&self) {
        self.lock().refused = true;
    }

    /// Whether it does.
    pub fn was_refused(&self) -> bool {
        self.lock().refused
    }

    fn lock(&self) -> MutexGuard<'_, InForce> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
