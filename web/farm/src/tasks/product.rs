//! Products to choose from: what was used on this farm before, then the server's list.

use crate::products::Product;

/// How many are shown at once: what is not among them is found by typing.
pub const SHOWN: usize = 6;

/// What fits the typed words: used before first, each name once. Typed without diacritics or case.
#[must_use]
pub fn matching<'a>(typed: &str, used: &'a [Product], list: &'a [Product]) -> Vec<&'a Product> {
    let typed = fold(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let fits = |product: &&Product| {
        let name = fold(&product.name);
        let ingredients = fold(&product.active_ingredient);
        words.iter().all(|word| name.contains(word) || ingredients.contains(word))
    };
    let mut found: Vec<&Product> = Vec::new();
    for product in used.iter().chain(list).filter(fits) {
        if found.iter().all(|known| known.name != product.name) {
            found.push(product);
        }
        if found.len() == SHOWN {
            break;
        }
    }
    found
}

/// Vietnamese letters with diacritics by the plain one: those in lower case, then the same in upper case. The standard library's
/// tables of all the world's letters are larger than this app's pictures.
const LETTERS: [(char, &str, &str); 7] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậ", "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"),
    ('e', "èéẻẽẹêềếểễệ", "ÈÉẺẼẸÊỀẾỂỄỆ"),
    ('i', "ìíỉĩị", "ÌÍỈĨỊ"),
    ('o', "òóỏõọôồốổỗộơờớởỡợ", "ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"),
    ('u', "ùúủũụưừứửữự", "ÙÚỦŨỤƯỪỨỬỮỰ"),
    ('y', "ỳýỷỹỵ", "ỲÝỶỸỴ"),
    ('d', "đ", "Đ"),
];

/// In lower case, as far as Vietnamese goes.
#[must_use]
pub fn lower(text: &str) -> String {
    let one = |letter: char| {
        let found = LETTERS.iter().find_map(|(_, low, high)| {
            let place = high.chars().position(|known| known == letter)?;
            low.chars().nth(place)
        });
        found.unwrap_or(letter.to_ascii_lowercase())
    };
    text.chars().map(one).collect()
}

/// In lower case and without diacritics, so that `hung` finds `Hùng`.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().filter_map(plain).collect()
}

fn plain(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter.to_ascii_lowercase());
    }
    // Diacritics that stand by themselves.
    if ('\u{300}'..='\u{36f}').contains(&letter) {
        return None;
    }
    let found = LETTERS.iter().find(|(_, low, high)| low.contains(letter) || high.contains(letter));
    Some(found.map_or(letter, |(plain, ..)| *plain))
}

/// Active ingredients as they were typed: between commas, plus signs or line ends.
#[must_use]
pub fn ingredients(typed: &str) -> Vec<String> {
    let parts = typed.split([',', '+', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(name: &str, ingredient: &str) -> Product {
        Product { name: name.into(), active_ingredient: ingredient.into(), phi_days: 7, registration: None }
    }

    #[test]
    fn what_was_used_before_comes_first_and_once() {
        let used = [product("Ridomil Gold 68WG", "metalaxyl-M")];
        let list = [product("Anvil 5SC", "hexaconazole"), product("Ridomil Gold 68WG", "metalaxyl-M")];
        let names: Vec<_> = matching("", &used, &list).into_iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["Ridomil Gold 68WG", "Anvil 5SC"]);
    }

    #[test]
    fn it_is_found_by_a_part_of_its_name_or_ingredient_without_diacritics() {
        let list = [product("Thuốc trừ sâu Đông Á 25EC", "cypermethrin"), product("Anvil 5SC", "hexaconazole")];
        for typed in ["dong a", "ĐÔNG", "cyper", "25ec thuoc"] {
            let found = matching(typed, &[], &list);
            assert_eq!(found.len(), 1, "{typed}");
            assert!(found[0].name.contains("Đông"), "{typed}");
        }
        assert!(matching("khong co", &[], &list).is_empty());
    }

    #[test]
    fn ingredients_are_told_apart_as_people_write_them() {
        assert_eq!(ingredients("metalaxyl-M + mancozeb, "), ["metalaxyl-M", "mancozeb"]);
        assert!(ingredients(" ").is_empty());
    }
}
