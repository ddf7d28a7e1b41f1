//! The processor time that a browser has taken, all its processes together. Linux only: it is read from `/proc`.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::Robot;

/// Linux tells times in hundredths of a second (`getconf CLK_TCK`), whatever its own clock does.
const TICK: Duration = Duration::from_millis(10);

/// A line of `/proc/<id>/stat`.
struct Process {
    parent: u32,
    /// Its own ticks, and those of children that have ended.
    ticks: u64,
}

impl Robot {
    /// What the browser's processes have taken since each of them began.
    pub fn cpu(&self) -> Result<Duration> {
        let capabilities = self.web.capabilities();
        let id = ["goog:processID", "moz:processID"].iter().find_map(|key| capabilities.get(key)?.as_u64());
        let id = u32::try_from(id.context("the driver does not tell the browser's process")?)?;
        let all = processes()?;
        let ticks = all.iter().filter(|(one, _)| is_under(**one, id, &all)).map(|(_, process)| process.ticks);
        Ok(TICK * u32::try_from(ticks.sum::<u64>())?)
    }
}

fn processes() -> Result<HashMap<u32, Process>> {
    let mut all = HashMap::new();
    for entry in fs::read_dir("/proc").context("processor time is read from /proc")? {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
        // It may have ended in the meantime.
        let Ok(line) = fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        if let Some(process) = read(&line) {
            all.insert(id, process);
        }
    }
    Ok(all)
}

/// See proc_pid_stat(5): after the name in parentheses come the state (field 3), the parent (4), …, and utime, stime,
/// cutime and cstime (14 to 17).
fn read(line: &str) -> Option<Process> {
    let (_, rest) = line.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    let parent = fields.get(1)?.parse().ok()?;
    let ticks = fields.get(11..15)?.iter().filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Some(Process { parent, ticks })
}

fn is_under(mut id: u32, root: u32, all: &HashMap<u32, Process>) -> bool {
    while id != root {
        match all.get(&id) {
            Some(process) if process.parent != 0 => id = process.parent,
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_name_may_hold_anything() {
        let line = "77 (a) b (c) S 12 77 77 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0 5 6 7";
        let process = read(line).unwrap();
        assert_eq!((process.parent, process.ticks), (12, 127));
    }
}
