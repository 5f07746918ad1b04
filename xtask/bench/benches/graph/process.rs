//! The memory of this process, as Linux counts it.

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

fn status(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
    let kilobytes = line.trim().strip_suffix(" kB").and_then(|number| number.parse::<usize>().ok());
    kilobytes.expect("kB") * 1024
}
