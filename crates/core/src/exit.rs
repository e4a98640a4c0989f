//! Exit codes, in one place.

use serde::Serialize;

/// What a run of the binary ends with. When several hold, the one that comes first in [`ExitCode::PRECEDENCE`] wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExitCode {
    /// 0: nothing found, and everything in scope was looked at.
    Clean,
    /// 1: findings at or above the threshold, or a gate that did not open.
    Findings,
    /// 2: the command line was wrong.
    Usage,
    /// 3: the system file is invalid.
    InvalidSystemFile,
    /// 4: the environment failed us (a path that can't be read, a full disk).
    Environment,
    /// 5: the integrity of coseal's own records is broken.
    Integrity,
    /// 6: an input in scope could not be read or judged; never the same as clean.
    Incomplete,
    /// 70: a bug of ours.
    Bug,
}

impl ExitCode {
    /// Strongest first: 70 > 3 > 5 > 4 > 1 > 6; 2 is decided before anything runs.
    pub const PRECEDENCE: [Self; 8] = [
        Self::Bug,
        Self::Usage,
        Self::InvalidSystemFile,
        Self::Integrity,
        Self::Environment,
        Self::Findings,
        Self::Incomplete,
        Self::Clean,
    ];

    /// The number given to the operating system.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::InvalidSystemFile => 3,
            Self::Environment => 4,
            Self::Integrity => 5,
            Self::Incomplete => 6,
            Self::Bug => 70,
        }
    }

    /// The stronger of two codes.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let rank = |code| Self::PRECEDENCE.iter().position(|&c| c == code);
        if rank(other) < rank(self) { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::ExitCode::{
        Bug, Clean, Environment, Findings, Incomplete, Integrity, InvalidSystemFile,
    };

    #[test]
    fn precedence_is_the_documented_one() {
        let order = [Bug, InvalidSystemFile, Integrity, Environment, Findings, Incomplete, Clean];
        for (i, &strong) in order.iter().enumerate() {
            for &weak in &order[i..] {
                assert_eq!(strong.and(weak), strong);
                assert_eq!(weak.and(strong), strong);
            }
        }
    }
}
