//! What went on in one tab, in order; of a very long story its newest part.

use std::mem::size_of;

use mend::core::{Event, Millis};

/// About as many bytes are kept. The core itself remembers the newest dozens of failures only.
const LARGEST: usize = 16 << 20;

/// Events with their times, in any order.
#[derive(Default)]
pub struct EventLog {
    events: Vec<(Event, Millis)>,
    weight: usize,
    end: Millis,
}

impl EventLog {
    /// One more thing that happened.
    pub fn add(&mut self, event: Event, at: Millis) {
        self.weight += weight(&event);
        self.events.push((event, at));
        self.pass(at);
        if self.weight > LARGEST {
            self.forget();
        }
    }

    /// It went on until then at least.
    pub fn pass(&mut self, at: Millis) {
        self.end = self.end.max(at);
    }

    /// A HAR lists requests by their start; sources speak at the end.
    pub fn in_order(mut self) -> Vec<(Event, Millis)> {
        self.events.sort_by_key(|(_, at)| *at);
        self.events.push((Event::Tick, self.end));
        self.events
    }

    /// Drops the older half.
    fn forget(&mut self) {
        self.events.sort_by_key(|(_, at)| *at);
        let mut old = 0;
        for (event, _) in &self.events {
            if self.weight <= LARGEST / 2 {
                break;
            }
            self.weight -= weight(event);
            old += 1;
        }
        self.events.drain(..old);
    }
}

/// Its share of memory, roughly.
fn weight(event: &Event) -> usize {
    let texts = match event {
        Event::Response(one) => one.url.len() + one.body.as_ref().map_or(0, String::len),
        Event::NetError(one) => one.url.len() + one.error.len(),
        _ => 0,
    };
    // Headers are short, and each piece of memory has a price of its own.
    size_of::<(Event, Millis)>() + 512 + texts
}
