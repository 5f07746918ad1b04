//! The sum of what `cargo test` prints at the end of each test program.

use std::fmt;

/// Tests counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
    /// Tests that were not run.
    pub ignored: u64,
}

impl Tally {
    /// Adds a line such as `test result: ok. 12 passed; 0 failed; 0 ignored; …`; any other line says nothing.
    pub fn read(&mut self, line: &str) {
        let Some((_, counts)) = line.trim().strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for count in counts.split("; ") {
            let Some((number, what)) = count.split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_both_kinds_of_result() {
        let mut tally = Tally::default();
        tally.read("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.29s");
        tally.read("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s");
        assert_eq!(tally, Tally { passed: 15, failed: 2, ignored: 1 });
        assert_eq!(tally.to_string(), "15 passed, 2 failed");
    }

    proptest! {
        #[test]
        fn no_other_line_counts(line in "(test [a-z_:]{0,20} \\.\\.\\. ok|running [0-9]+ tests|.{0,40})") {
            let mut tally = Tally::default();
            tally.read(&line);
            prop_assert_eq!(tally, Tally::default());
        }

        #[test]
        fn the_sum_is_the_sum(results in proptest::collection::vec((0_u32..1000, 0_u32..1000), 0..20)) {
            let mut tally = Tally::default();
            for (passed, failed) in &results {
                tally.read(&format!("test result: ok. {passed} passed; {failed} failed; 0 ignored; 0 measured"));
            }
            prop_assert_eq!(tally.passed, results.iter().map(|(passed, _)| u64::from(*passed)).sum::<u64>());
            prop_assert_eq!(tally.failed, results.iter().map(|(_, failed)| u64::from(*failed)).sum::<u64>());
        }
    }
}
