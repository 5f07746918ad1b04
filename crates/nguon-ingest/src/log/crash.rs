//! Where tests end the process, as a power cut would: between every two durable steps. In any other build nothing of
//! this is left.

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// A durable step.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Step {
            $($(#[$doc])* $name,)+
        }

        #[cfg(feature = "crash-points")]
        impl Step {
            /// In the order in which they come.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

steps! {
    /// Records are in the store; nobody has been told yet.
    RecordsStored = "records-stored",
    /// The checkpoint's leaves, map leaf included, are in the store.
    Closed = "closed",
    /// A tile is on disk, not under its name yet.
    TileWritten = "tile-written",
    /// A tile has its name.
    TileInPlace = "tile-in-place",
    /// All tiles are durable.
    TilesFlushed = "tiles-flushed",
    /// The log's signature is made; it is nowhere but in memory.
    Signed = "signed",
    /// The log's signature is in the store.
    SignatureStored = "signature-stored",
    /// Enough have cosigned; only they know.
    Cosigned = "cosigned",
    /// The cosignatures are in the store.
    CosignaturesStored = "cosignatures-stored",
    /// The checkpoint is on disk, not under its name yet.
    CheckpointWritten = "checkpoint-written",
    /// The checkpoint is published.
    CheckpointPublished = "checkpoint-published",
    /// Bundles prove against it; whoever waits has not been told yet.
    Swapped = "swapped",
}

#[cfg(feature = "crash-points")]
mod plan {
    use std::str::FromStr;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::Step;

    /// After which step the process ends, and the how manieth time it is done: `closed` or `closed:3`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Crash {
        step: Step,
        time: u64,
    }

    impl FromStr for Crash {
        type Err = String;

        fn from_str(text: &str) -> Result<Self, String> {
            let (name, time) = text.split_once(':').unwrap_or((text, "1"));
            let step = Step::ALL.iter().find(|step| step.name() == name);
            match (step, time.parse()) {
                (Some(step), Ok(time)) => Ok(Self { step: *step, time }),
                _ => Err(format!("{text:?} is not STEP or STEP:TIME")),
            }
        }
    }

    static PLAN: OnceLock<Crash> = OnceLock::new();
    static DONE: AtomicU64 = AtomicU64::new(0);

    impl Crash {
        /// From now on this process is to end there. The first plan counts.
        pub fn arm(self) {
            let _ = PLAN.set(self);
        }
    }

    pub(in super::super) fn after(step: Step) {
        if let Some(plan) = PLAN.get()
            && plan.step == step
            && DONE.fetch_add(1, Ordering::SeqCst) + 1 == plan.time
        {
            std::process::abort();
        }
    }
}

#[cfg(feature = "crash-points")]
pub use plan::Crash;
#[cfg(feature = "crash-points")]
pub(crate) fn after(step: Step) {
    plan::after(step);
}

/// A step is done.
#[cfg(not(feature = "crash-points"))]
pub(crate) const fn after(_: Step) {}
