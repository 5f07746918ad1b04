//! Sorting for lists of a page's length. The standard library's sort is several kilobytes of code for each type it sorts.

/// The items so that none stands before one it `precedes`; where neither does, as they came.
pub fn sorted<T>(items: impl IntoIterator<Item = T>, precedes: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::new();
    for item in items {
        let at = sorted.partition_point(|earlier| !precedes(&item, earlier));
        sorted.insert(at, item);
    }
    sorted
}

/// The items in their order, each once.
pub fn in_order<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut list: Vec<T> = Vec::new();
    for item in items {
        if let Err(at) = list.binary_search(&item) {
            list.insert(at, item);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_stay_as_they_came() {
        let items = [(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')];
        let by_number = sorted(items, |one, other| one.0 < other.0);
        assert_eq!(by_number, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn each_stands_once() {
        assert_eq!(in_order([3, 1, 3, 2, 1]), [1, 2, 3]);
    }
}
