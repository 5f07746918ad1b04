//! Key qualifiers: short texts in the GS1 AI encodable character set 82.

use crate::error::{Error, Fault, Part};

/// Whether `c` is in the GS1 AI encodable character set 82
/// (GS1 General Specifications §7.11): letters, digits and ``!"%&'()*+,-./:;<=>?_``.
fn in_set_82(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!\"%&'()*+,-./:;<=>?_".contains(c)
}

fn check(part: Part, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::new(part, 0, Fault::Empty));
    }
    if let Some((at, c)) = text.char_indices().find(|&(_, c)| !in_set_82(c)) {
        return Err(Error::new(part, at, Fault::NotInSet82(c)));
    }
    if text.len() > 20 {
        return Err(Error::new(part, 0, Fault::Length { found: text.len(), allowed: "1 to 20" }));
    }
    if matches!(text, "." | "..") {
        return Err(Error::new(part, 0, Fault::DotSegment));
    }
    Ok(())
}

macro_rules! qualifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// 1 to 20 characters of the GS1 AI encodable character set 82, upper and lower case told
        /// apart. `.` and `..` are refused, although GS1 allows them: a browser removes them from
        /// a path, so no link could carry them.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The characters as they were given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                check(Part::$name, text)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

qualifier! {
    /// A batch or lot number, AI (10) (GS1 General Specifications §3.4.1).
    Lot
}

qualifier! {
    /// A serial number, AI (21) (GS1 General Specifications §3.5.2).
    Serial
}

qualifier! {
    /// A consumer product variant, AI (22) (GS1 General Specifications §3.5.3).
    Variant
}
