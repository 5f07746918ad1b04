//! What this computer keeps of the desk's own, beside entries and chains: names, orders, lists that were imported. What cannot
//! be read is never written over: it stays where it is, the page says so, and what is kept from then on gets another name.

use std::ops::{Deref, DerefMut};

use nguon_farm_app::browser::store::{self, Change, Shelf, Value};

/// What can be kept.
pub trait Form: Default {
    /// As it is kept.
    fn to_bytes(&self) -> Vec<u8>;

    /// What was kept; `None` if these bytes are something else, or of another version.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

/// Something as it is kept, and under which name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held<T> {
    value: T,
    name: String,
    /// Whether something is kept that could not be read
    pub unreadable: bool,
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Held<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: Form> Held<T> {
    /// What has it kept as it is now.
    #[must_use]
    pub fn change(&self) -> Change {
        Change::bytes(Shelf::Things, self.name.clone(), self.value.to_bytes())
    }

    /// As it is kept under this name; empty if nothing is.
    pub async fn read(name: String) -> Self {
        let place = place(&name, |bytes| T::from_bytes(bytes).is_some()).await;
        let value = T::from_bytes(&place.bytes).unwrap_or_default();
        Self { value, name: place.name, unreadable: place.unreadable }
    }
}

/// Where something is kept.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    name: String,
    bytes: Vec<u8>,
    unreadable: bool,
}

/// Goes from name to name, past what cannot be read.
async fn place(first: &str, is_sound: fn(&[u8]) -> bool) -> Place {
    let mut at = 0;
    loop {
        let name = name(first, at);
        match judge(store::value(Shelf::Things, &name).await, is_sound) {
            Judged::Free => return Place { name, bytes: Vec::new(), unreadable: at > 0 },
            Judged::Sound(bytes) => return Place { name, bytes, unreadable: at > 0 },
            Judged::Unreadable => at += 1,
            // Nothing can be read now, so nothing may be written over: under this name nobody ever kept anything.
            Judged::Closed => {
                let name = format!("{first}/{}", nguon_farm_app::browser::now());
                return Place { name, bytes: Vec::new(), unreadable: true };
            }
        }
    }
}

fn name(first: &str, at: usize) -> String {
    if at == 0 { first.to_owned() } else { format!("{first}/{at}") }
}

/// What stands under a name.
#[derive(Debug, PartialEq, Eq)]
enum Judged {
    /// Nothing
    Free,
    /// Something that can be read
    Sound(Vec<u8>),
    /// Something else
    Unreadable,
    /// The browser does not say
    Closed,
}

fn judge(found: Result<Option<Value>, store::NotKept>, is_sound: fn(&[u8]) -> bool) -> Judged {
    match found {
        Err(_) => Judged::Closed,
        Ok(None) => Judged::Free,
        Ok(Some(Value::Bytes(bytes))) if is_sound(&bytes) => Judged::Sound(bytes),
        Ok(Some(_)) => Judged::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_there_and_can_be_read_is_ever_written_over() {
        let is_sound: fn(&[u8]) -> bool = |bytes| bytes == b"sound";
        assert_eq!(judge(Ok(None), is_sound), Judged::Free);
        assert_eq!(judge(Ok(Some(Value::Bytes(b"sound".to_vec()))), is_sound), Judged::Sound(b"sound".to_vec()));
        for other in [Value::Bytes(b"damaged".to_vec()), Value::Text("sound".to_owned()), Value::Gone] {
            assert_eq!(judge(Ok(Some(other)), is_sound), Judged::Unreadable);
        }
        assert_eq!(judge(Err(store::NotKept::Refused), is_sound), Judged::Closed);
        assert_eq!(
            [0, 1, 2].map(|at| name("desk/orders/x", at)),
            ["desk/orders/x", "desk/orders/x/1", "desk/orders/x/2"]
        );
    }
}
