//! State that all connections share: the fault in force, the log and the conversations.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use crate::conversations::Conversations;
use crate::fault::{ClientFault, Endpoint, Fault, Injection, Recovery, Script, StatusPage, Transport};
use crate::faults::{self, UnknownFault};
use crate::generation::Generation;
use crate::log::Log;
use crate::options::{Lang, Options};

/// Duration of [`Script::Long`].
const LONG: Duration = Duration::from_secs(30);

/// The shared state.
pub(crate) struct State {
    /// Log of requests.
    pub log: Log,
    /// The language of the page.
    pub lang: Lang,
    /// Generation of the page, unless the address names one.
    pub page: Generation,
    /// The `node_modules` folder with the page's editor.
    pub modules: Option<PathBuf>,
    /// Conversations that were started in the lab.
    pub conversations: Conversations,
    active: Mutex<ActiveFault>,
}

struct ActiveFault {
    name: String,
    fault: &'static Fault,
    /// Seconds, messages or calls, where the fault's name contains a number; otherwise 0.
    number: u64,
    /// When the fault was set.
    since: Instant,
    since_date: OffsetDateTime,
    /// Requests at [`Endpoint::Chat`].
    messages: u64,
    /// Requests at [`Endpoint::Api`].
    calls: u64,
    /// Turns with an injection other than [`Injection::Healthy`].
    failed_turns: u32,
    /// Whether the document was loaded after a failed turn.
    reloaded: bool,
    /// Endpoints that have given their first response.
    visited: Vec<Endpoint>,
    /// Whether the service worker has cached the stale document, so that the current one is served.
    deployed: bool,
    /// Whether the edge has required a challenge.
    challenged: bool,
    /// End of the running answer of [`Injection::OneAtATime`].
    busy_until: Option<Instant>,
}

impl ActiveFault {
    fn new(name: &str) -> Result<Self, UnknownFault> {
        let (fault, number) = faults::find(name)?;
        Ok(ActiveFault {
            name: name.to_owned(),
            fault,
            number,
            since: Instant::now(),
            since_date: OffsetDateTime::now_utc(),
            messages: 0,
            calls: 0,
            failed_turns: 0,
            reloaded: false,
            visited: Vec::new(),
            deployed: false,
            challenged: false,
            busy_until: None,
        })
    }

    fn recovered(&self) -> bool {
        match self.fault.recovery {
            Recovery::Never => false,
            Recovery::OnReload => self.reloaded,
            Recovery::AfterSeconds => self.since.elapsed() >= Duration::from_secs(self.number),
            Recovery::EveryNth => self.messages.checked_rem(self.number) != Some(0),
            Recovery::AfterCalls => self.calls > self.number,
        }
    }

    /// The injection for one request at an endpoint.
    fn injection(&mut self, endpoint: Endpoint) -> Injection {
        match self.fault.injection(endpoint) {
            Injection::FirstOnly(_) if self.visited.contains(&endpoint) => Injection::Healthy,
            Injection::OneAtATime(refusal) if self.busy_until.is_some_and(|until| Instant::now() < until) => {
                Injection::Fixed(refusal)
            }
            Injection::OneAtATime(_) => {
                self.busy_until = Some(Instant::now() + LONG);
                Injection::Stream(Script::Long)
            }
            injection => {
                if let Injection::FirstOnly(_) = injection {
                    self.visited.push(endpoint);
                }
                injection
            }
        }
    }
}

impl State {
    /// The state of a new lab.
    ///
    /// # Errors
    ///
    /// The table has no fault of the name in the options.
    pub fn new(options: &Options) -> Result<Self, UnknownFault> {
        Ok(State {
            log: Log::new(),
            lang: options.lang,
            page: options.page,
            modules: options.modules.clone(),
            conversations: Conversations::default(),
            active: Mutex::new(ActiveFault::new(&options.fault)?),
        })
    }

    /// Puts a fault in force and resets every counter.
    ///
    /// # Errors
    ///
    /// The table has no fault of this name.
    pub fn set(&self, name: &str) -> Result<(), UnknownFault> {
        let next = ActiveFault::new(name)?;
        *self.lock() = next;
        Ok(())
    }

    /// The name of the fault, as it was set.
    pub fn name(&self) -> String {
        self.lock().name.clone()
    }

    /// The injection for a request at an endpoint; counts the request.
    pub fn injection(&self, endpoint: Endpoint) -> Injection {
        let mut active = self.lock();
        match endpoint {
            Endpoint::Document => active.reloaded = active.failed_turns > 0,
            Endpoint::Chat => active.messages += 1,
            Endpoint::Api => active.calls += 1,
            Endpoint::Stop => active.busy_until = None,
            _ => {}
        }
        if active.recovered() {
            return Injection::Healthy;
        }
        let injection = active.injection(endpoint);
        if endpoint == Endpoint::Chat && !matches!(injection, Injection::Healthy) {
            active.failed_turns += 1;
        }
        injection
    }

    /// The change to every response.
    pub fn transport(&self) -> Transport {
        self.lock().fault.transport
    }

    /// State of the status page, and when the fault was set.
    pub fn status(&self) -> (StatusPage, OffsetDateTime) {
        let active = self.lock();
        let page = if active.recovered() { StatusPage::Green } else { active.fault.status };
        (page, active.since_date)
    }

    /// The state that the fault leaves in the browser.
    pub fn client_fault(&self) -> Option<ClientFault> {
        self.lock().fault.client_fault
    }

    /// Whether an endpoint is visited for the first time since the fault was set; marks it as visited.
    pub fn is_first(&self, endpoint: Endpoint) -> bool {
        let visited = &mut self.lock().visited;
        let first = !visited.contains(&endpoint);
        if first {
            visited.push(endpoint);
        }
        first
    }

    /// Serves the document from after the deploy from now on.
    pub fn deploy(&self) {
        self.lock().deployed = true;
    }

    /// Whether [`State::deploy`] was called since the fault was set.
    pub fn is_deployed(&self) -> bool {
        self.lock().deployed
    }

    /// Requires the challenge for documents from now on.
    pub fn challenge(&self) {
        self.lock().challenged = true;
    }

    /// Whether [`State::challenge`] was called since the fault was set.
    pub fn was_challenged(&self) -> bool {
        self.lock().challenged
    }

    fn lock(&self) -> MutexGuard<'_, ActiveFault> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
