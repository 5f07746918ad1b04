//! What the scanner is doing, and all that can happen to it.

use super::host::Host;
use super::payload::{Finding, OwnPath};
use crate::messages::Messages;

/// Frames that are looked at after the first with a code in it: where there are two codes, the second may be read a moment later.
const FRAMES_MORE: u8 = 3;
/// Frames without a code after which the reader is told how to hold the camera.
const FRAMES_UNTIL_ADVICE: u32 = 40;
/// How often in a row the worker may fail before the reader is told.
const STUMBLES: u8 = 3;

/// What the camera can do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Camera {
    /// Whether it has a torch
    pub torch: bool,
    /// Whether that is lit
    pub lit: bool,
    /// The id of the lens that is used
    pub current: String,
    /// The lenses that there are: id, and name if the browser tells
    pub lenses: Vec<(String, String)>,
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The reader, or their settings, said no
    Refused,
    /// There is no camera
    Missing,
    /// Another app has it
    Busy,
    /// The page did not come over `https:`
    Insecure,
    /// A browser inside another app, which gives its pages no camera
    Inside,
    /// A browser that gives its pages no camera
    Unsupported,
    /// The camera was taken away
    Ended,
    /// The scanner's program did not come
    NotLoaded,
    /// It came and failed
    Stopped,
    /// A picture without a code
    NoCode,
    /// A file that is no picture to this browser
    NoPicture,
}

impl Trouble {
    /// By the name that a browser gives its exception (Media Capture and Streams, section 10.6; older names beside them).
    #[must_use]
    pub fn of_exception(name: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" | "PermissionDeniedError" => Self::Refused,
            "NotFoundError" | "DevicesNotFoundError" | "OverconstrainedError" => Self::Missing,
            "NotReadableError" | "TrackStartError" | "AbortError" => Self::Busy,
            "Missing" => Self::NotLoaded,
            "Picture" => Self::NoPicture,
            _ => Self::Stopped,
        }
    }

    /// Whether trying the camera again may help.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        !matches!(self, Self::Insecure | Self::Inside | Self::Unsupported | Self::NoCode | Self::NoPicture)
    }

    /// What to tell the reader.
    #[must_use]
    pub const fn sentence(self, words: &Messages) -> &'static str {
        match self {
            Self::Refused => words.scan_refused,
            Self::Missing => words.scan_missing,
            Self::Busy => words.scan_busy,
            Self::Insecure => words.scan_insecure,
            Self::Inside => words.scan_inside,
            Self::Unsupported => words.scan_unsupported,
            Self::Ended => words.scan_ended,
            Self::NotLoaded => words.scan_not_loaded,
            Self::Stopped => words.scan_stopped,
            Self::NoCode => words.scan_no_code,
            Self::NoPicture => words.scan_no_picture,
        }
    }
}

/// What the scanner is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing
    #[default]
    Shut,
    /// Waiting for the camera
    Opening,
    /// Looking for a code
    Looking {
        /// The camera
        camera: Camera,
        /// Frames without a code
        empty: u32,
        /// Payloads seen
        seen: Vec<Vec<u8>>,
        /// Frames since the first of them
        since: u8,
    },
    /// The page was hidden, and the camera stopped
    Paused,
    /// Reading a picture
    Reading,
    /// Something was read, none of it twice; one of several may be chosen
    Found {
        /// What
        findings: Vec<Finding>,
        /// Which of them is looked at
        chosen: Option<usize>,
    },
    /// Something stands in the way
    Trouble(Trouble),
}

/// Why there are no more frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The page is hidden, or left
    Hidden,
    /// The camera was taken away
    Ended,
    /// This program closed it
    Closed,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The reader wants to scan
    Open,
    /// The camera is there
    Opened(Camera),
    /// The torch is lit, or out
    Lit(bool),
    /// A frame was looked at
    Frame(Vec<Vec<u8>>),
    /// There are no more frames
    Ended(Why),
    /// The reader gave a picture
    Picture,
    /// It was read
    PictureRead(Vec<Vec<u8>>),
    /// The reader pasted text
    Pasted(String),
    /// Something failed
    Failed(Trouble),
    /// One of several codes was chosen, or none of them
    Chosen(Option<usize>),
    /// The reader has had enough
    Close,
}

/// The scanner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it is doing
    pub stage: Stage,
    own: Host,
    stumbles: u8,
}

impl State {
    /// Of a page on this host.
    #[must_use]
    pub const fn new(own: Host) -> Self {
        Self { stage: Stage::Shut, own, stumbles: 0 }
    }

    /// The page's host.
    #[must_use]
    pub const fn own(&self) -> &Host {
        &self.own
    }

    /// Whether the camera is to be on.
    #[must_use]
    pub const fn wants_camera(&self) -> bool {
        matches!(self.stage, Stage::Opening | Stage::Looking { .. })
    }

    /// The finding that is looked at.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        let Stage::Found { findings, chosen } = &self.stage else { return None };
        findings.get((*chosen)?)
    }

    /// Where to go now: to the lot of a label of this page's, if it was alone in view or was chosen.
    #[must_use]
    pub fn leads_to(&self) -> Option<&OwnPath> {
        self.finding()?.leads_to()
    }

    /// After something happened.
    #[must_use]
    pub fn after(self, action: Action) -> Self {
        let Self { stage, own, stumbles } = self;
        let worked = matches!(action, Action::Frame(_) | Action::Open);
        let next = |stage| Self { stage, own: own.clone(), stumbles: if worked { 0 } else { stumbles } };
        match (stage, action) {
            (_, Action::Open) => next(Stage::Opening),
            (Stage::Opening, Action::Opened(camera)) => {
                next(Stage::Looking { camera, empty: 0, seen: Vec::new(), since: 0 })
            }
            (Stage::Looking { camera, empty, seen, since }, Action::Lit(lit)) => {
                next(Stage::Looking { camera: Camera { lit, ..camera }, empty, seen, since })
            }
            (Stage::Looking { camera, empty, seen, since }, Action::Frame(payloads)) => {
                let empty = if payloads.is_empty() { empty.saturating_add(1) } else { 0 };
                let since = if seen.is_empty() { 0 } else { since + 1 };
                let seen = joined(seen, payloads);
                let done = !seen.is_empty() && since >= FRAMES_MORE;
                next(if done { found(&seen, &own) } else { Stage::Looking { camera, empty, seen, since } })
            }
            // What was seen is not lost because the camera went away a moment too early.
            (Stage::Looking { seen, .. }, Action::Ended(_) | Action::Failed(_)) if !seen.is_empty() => {
                next(found(&seen, &own))
            }
            (Stage::Looking { camera, empty, seen, since }, Action::Failed(Trouble::Stopped))
                if stumbles + 1 < STUMBLES =>
            {
                Self { stage: Stage::Looking { camera, empty, seen, since }, own, stumbles: stumbles + 1 }
            }
            (Stage::Opening | Stage::Looking { .. }, Action::Ended(why)) => next(match why {
                Why::Hidden => Stage::Paused,
                Why::Ended => Stage::Trouble(Trouble::Ended),
                Why::Closed => Stage::Shut,
            }),
            // Who comes back to a page finds it as it was before the code was read.
            (Stage::Found { findings, chosen }, Action::Ended(Why::Hidden)) => {
                let left = chosen.and_then(|at| findings.get(at)).is_some_and(|finding| finding.leads_to().is_some());
                next(if left { Stage::Shut } else { Stage::Found { findings, chosen } })
            }
            (_, Action::Picture) => next(Stage::Reading),
            (Stage::Reading, Action::PictureRead(payloads)) if payloads.is_empty() => {
                next(Stage::Trouble(Trouble::NoCode))
            }
            (Stage::Reading, Action::PictureRead(payloads)) => next(found(&joined(Vec::new(), payloads), &own)),
            (_, Action::Pasted(text)) => next(found(&[text.into_bytes()], &own)),
            (Stage::Opening | Stage::Looking { .. } | Stage::Reading, Action::Failed(trouble)) => {
                next(Stage::Trouble(trouble))
            }
            (Stage::Found { findings, .. }, Action::Chosen(chosen)) => next(Stage::Found { findings, chosen }),
            (_, Action::Close) => next(Stage::Shut),
            // What comes too late.
            (stage, _) => next(stage),
        }
    }

    /// What is told to a reader who does not see it.
    #[must_use]
    pub fn says(&self, words: &Messages) -> &'static str {
        match &self.stage {
            Stage::Shut | Stage::Trouble(_) => "",
            Stage::Opening => words.scan_opening,
            Stage::Looking { empty, .. } if *empty >= FRAMES_UNTIL_ADVICE => words.scan_advice,
            Stage::Looking { .. } => words.scan_looking,
            Stage::Paused => words.scan_paused,
            Stage::Reading => words.scan_reading,
            Stage::Found { .. } => words.scan_read,
        }
    }
}

/// Payloads with those that are new.
fn joined(mut seen: Vec<Vec<u8>>, payloads: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    for payload in payloads {
        if !seen.contains(&payload) {
            seen.push(payload);
        }
    }
    seen
}

/// What was read, this page's labels first.
fn found(payloads: &[Vec<u8>], own: &Host) -> Stage {
    let mut findings: Vec<Finding> = Vec::new();
    for finding in payloads.iter().map(|payload| Finding::of(payload, own)) {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings.sort_by_key(|finding| (finding.leads_to().is_none(), finding.offers().is_none()));
    let chosen = (findings.len() == 1).then_some(0);
    Stage::Found { findings, chosen }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
