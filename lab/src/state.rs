//! The fault in force.
//!
//! Owns which row of the table counts now, since when, and whether it has healed. Never answers a request.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use crate::faults::{self, Fault, Heals, How, Place, StatusPage, UnknownFault};
use crate::log::Log;

/// What all connections share.
pub(crate) struct State {
    /// What was asked.
    pub log: Log,
    now: Mutex<InForce>,
}

struct InForce {
    name: String,
    fault: &'static Fault,
    /// How long it lasts, where its name says so.
    time: Option<Duration>,
    since: Instant,
    since_date: OffsetDateTime,
    /// Chat answers given while broken.
    broken: u32,
    reloaded: bool,
}

impl InForce {
    fn new(name: &str) -> Result<Self, UnknownFault> {
        let (fault, time) = faults::find(name)?;
        Ok(InForce {
            name: name.to_owned(),
            fault,
            time,
            since: Instant::now(),
            since_date: OffsetDateTime::now_utc(),
            broken: 0,
            reloaded: false,
        })
    }

    fn healed(&self) -> bool {
        match self.fault.heals {
            Heals::Never => false,
            Heals::OnReload => self.reloaded,
            Heals::AfterSeconds => self.time.is_some_and(|time| self.since.elapsed() >= time),
        }
    }
}

impl State {
    pub fn new(fault: &str) -> Result<Self, UnknownFault> {
        Ok(State { log: Log::new(), now: Mutex::new(InForce::new(fault)?) })
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
        if place == Place::Page && now.broken > 0 {
            now.reloaded = true;
        }
        if now.healed() {
            return How::Well;
        }
        let how = now.fault.how(place);
        if place == Place::Chat && !matches!(how, How::Well) {
            now.broken += 1;
        }
        how
    }

    /// What the status page says, and when the fault was set.
    pub fn status(&self) -> (StatusPage, OffsetDateTime) {
        let now = self.lock();
        let page = if now.healed() { StatusPage::Green } else { now.fault.status };
        (page, now.since_date)
    }

    fn lock(&self) -> MutexGuard<'_, InForce> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
