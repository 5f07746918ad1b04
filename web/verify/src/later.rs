//! What the page fetches only when it is needed, and not with the program: other languages, the names of communes.

use crate::communes;
use crate::lang::Lang;
use crate::messages;

/// Every such file by its name, as the page's build writes it out.
#[must_use]
pub fn files() -> Vec<(String, &'static str)> {
    let languages = Lang::ALL.into_iter().filter(|lang| *lang != Lang::Vi);
    let languages = languages.map(|lang| (lang.file(), messages::text(lang)));
    languages.chain([(communes::FILE.to_owned(), communes::TEXT)]).collect()
}
