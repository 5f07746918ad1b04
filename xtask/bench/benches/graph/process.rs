//! What Linux counts of this process: its memory, and the time that other programs kept it waiting.

use std::time::Duration;

/// Bytes in memory now.
pub fn resident() -> usize {
    status("VmRSS:")
}

/// The most bytes that were in memory since [`forget_peak`].
pub fn peak() -> usize {
    status("VmHWM:")
}

/// Counts the peak from here on.
pub fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").expect("Linux");
}

/// How long its threads were ready to run while something else ran, in all. Two threads that take turns never wait at
/// the same time: what they did took as much less than the clock says.
pub fn kept_waiting() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux");
    let waited = |task: std::io::Result<std::fs::DirEntry>| {
        // Nanoseconds on a core, nanoseconds waiting for one, turns.
        let counts = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        counts.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    Duration::from_nanos(tasks.filter_map(waited).sum())
}

fn status(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
    let kilobytes = line.trim().strip_suffix(" kB").and_then(|number| number.parse::<usize>().ok());
    kilobytes.expect("kB") * 1024
}
