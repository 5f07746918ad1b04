//! Where something stands, as a JSON pointer (RFC 6901); spelt out only when there is a fault to tell.

use std::fmt;

/// Bytes of a name that are told.
const LONG: usize = 256;

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// A place, with the places around it.
#[derive(Clone, Copy)]
pub(in crate::epcis) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

impl<'a> Path<'a> {
    pub(in crate::epcis) const ROOT: Self = Self { parent: None, step: Step::Root };

    pub(in crate::epcis) const fn key(&'a self, key: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Key(key) }
    }

    pub(in crate::epcis) const fn index(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            // A name as long as a book would stand before each fault within it.
            Step::Key(key) if key.len() > LONG => {
                let begin: String = key.chars().take(LONG / 4).collect();
                write!(f, "/{}…", escaped(&begin))
            }
            Step::Key(key) => write!(f, "/{}", escaped(key)),
            Step::Index(index) => write!(f, "/{index}"),
        }
    }
}
