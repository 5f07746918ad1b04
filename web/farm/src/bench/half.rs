//! Forms half filled in, kept until what they say is signed. Losing one costs some typing, so that nobody is told where that
//! does not succeed: signing says it.

use super::Bench;
use crate::browser::store::{self, Change, Shelf};

impl Bench {
    fn half_key(&self, form: &str) -> Option<String> {
        Some(["half/", self.inner.at_work.borrow().as_deref()?, form].concat())
    }

    /// What is kept of a form, and of its photos.
    pub async fn half(&self, form: &str) -> Option<(Vec<u8>, Vec<u8>)> {
        let key = self.half_key(form)?;
        let kept = store::bytes(Shelf::Things, &key).await?;
        Some((kept, store::bytes(Shelf::Things, &photos_of(&key)).await.unwrap_or_default()))
    }

    /// Keeps a form; its photos only where they are told, since they are large and rarely change.
    pub async fn keep_half(&self, form: &str, half: Vec<u8>, photos: Option<Vec<u8>>) {
        let Some(key) = self.half_key(form) else { return };
        let photos = photos.map(|photos| Change::bytes(Shelf::Things, photos_of(&key), photos));
        let changes: Vec<Change> = [Change::bytes(Shelf::Things, key, half)].into_iter().chain(photos).collect();
        let _ = store::write(&changes).await;
    }

    /// Forgets a form.
    pub async fn drop_half(&self, form: &str) {
        let _ = store::write(&self.without_half(form)).await;
    }

    /// What forgets a form, to be done in the transaction that keeps what it said: neither both nor none of them is left.
    pub(super) fn without_half(&self, form: &str) -> Vec<Change> {
        let Some(key) = self.half_key(form) else { return Vec::new() };
        vec![Change::gone(Shelf::Things, photos_of(&key)), Change::gone(Shelf::Things, key)]
    }
}

fn photos_of(key: &str) -> String {
    [key, "/photos"].concat()
}
