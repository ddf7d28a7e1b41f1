//! Processes of this machine: their parents, their processor time, and signals. Linux only: they are read from `/proc`.

use std::collections::HashMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

/// Linux counts processor time in hundredths of a second (`getconf CLK_TCK`), whatever its own clock does.
const TICK: Duration = Duration::from_millis(10);

/// A line of `/proc/<id>/stat`.
struct Process {
    parent: u32,
    /// Its own ticks, and those of children that have ended.
    ticks: u64,
}

/// Sends a signal such as `-STOP` to processes; false if one of them is not there.
pub(crate) fn signal(signal: &str, ids: &[u32]) -> bool {
    let ids = ids.iter().map(u32::to_string);
    let done = Command::new("kill").arg(signal).args(ids).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

/// A process and all its descendants, itself first.
pub(crate) fn tree(root: u32) -> Result<Vec<u32>> {
    let all = processes()?;
    let below = all.keys().copied().filter(|id| *id != root && is_under(*id, root, &all));
    Ok([root].into_iter().chain(below).collect())
}

/// The processor time that a process and its descendants have taken since each of them began.
pub(crate) fn cpu_time(root: u32) -> Result<Duration> {
    let all = processes()?;
    let ticks = all.iter().filter(|(id, _)| is_under(**id, root, &all)).map(|(_, process)| process.ticks);
    Ok(TICK * u32::try_from(ticks.sum::<u64>())?)
}

fn processes() -> Result<HashMap<u32, Process>> {
    let mut all = HashMap::new();
    for entry in fs::read_dir("/proc").context("processes are read from /proc")? {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
        // It may have ended in the meantime.
        let Ok(line) = fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        if let Some(process) = parse(&line) {
            all.insert(id, process);
        }
    }
    Ok(all)
}

/// See proc_pid_stat(5): after the name in parentheses come the state (field 3), the parent (4), …, and utime, stime,
/// cutime and cstime (14 to 17).
fn parse(line: &str) -> Option<Process> {
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
    use super::parse;

    #[test]
    fn a_process_name_may_hold_spaces_and_parentheses() {
        let line = "77 (a) b (c) S 12 77 77 0 -1 4194560 1 2 3 4 100 20 3 4 20 0 1 0 5 6 7";
        let process = parse(line).unwrap();
        assert_eq!((process.parent, process.ticks), (12, 127));
    }
}
