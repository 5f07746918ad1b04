//! Files that come back from those they were given to.

use nguon_export::attached::{MOST_BUNDLE, bundle};

/// Whatever a PDF has inside, its bundle is within its limit, and every error can be said in a few lines.
pub fn attached(data: &[u8]) {
    match bundle(data) {
        Ok(bundle) => assert!(bundle.len() <= MOST_BUNDLE),
        Err(error) => assert!(error.to_string().len() < 4_000),
    }
}
