//! The operator's list of plant protection products: read once at the start, served to phones to choose from.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nguon_core::values::{Days, Text};
use serde::{Deserialize, Serialize};
use unicode_normalization::is_nfc;
use utoipa::ToSchema;

/// No list is longer: Vietnam registers some four thousand trade names.
const MOST: usize = 20_000;
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// A plant protection product (thuốc bảo vệ thực vật).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Trade name.
    #[schema(value_type = String)]
    pub name: Text,
    /// Active ingredient (hoạt chất), several joined by ` + `.
    #[schema(value_type = String)]
    pub active_ingredient: Text,
    /// Pre-harvest interval (thời gian cách ly) in days, 0 to 3,650.
    #[schema(value_type = u16)]
    pub phi_days: Days,
    /// Number of its registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub registration: Option<Text>,
}

/// Why a file is no list of products.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProductsError {
    /// It cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is too large.
    #[error("{path} holds more than {MOST_BYTES} bytes or {MOST} products; is it the list of products?", path = path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It is not JSON of the right form.
    #[error(
        "{path}: {source}; a list is expected, such as [{{\"name\": \"Ridomil Gold 68WG\", \"active_ingredient\": \"Metalaxyl-M + Mancozeb\", \"phi_days\": 14}}]",
        path = path.display()
    )]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong, and in which line.
        source: serde_json::Error,
    },
    /// A product's text is not in Unicode normalisation form C.
    #[error("{path}: product {at} ({name}): text must be in Unicode normalisation form C (NFC)", path = path.display())]
    NotNfc {
        /// The file.
        path: PathBuf,
        /// Which product, from 1.
        at: usize,
        /// Its name.
        name: Text,
    },
    /// Two products of one name.
    #[error("{path}: product {at} ({name}) is there twice; name each product once", path = path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// Which of them is the second, from 1.
        at: usize,
        /// Its name.
        name: Text,
    },
}

/// Reads a list of products, ascending by name.
pub fn read(path: &Path) -> Result<Arc<[Product]>, ProductsError> {
    let unreadable = |source| ProductsError::Read { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(ProductsError::TooLarge { path: path.to_owned() });
    }
    let text = std::fs::read(path).map_err(unreadable)?;
    let form = |source| ProductsError::Form { path: path.to_owned(), source };
    let mut products: Vec<Product> = serde_json::from_slice(&text).map_err(form)?;
    if products.len() > MOST {
        return Err(ProductsError::TooLarge { path: path.to_owned() });
    }
    let mut names = std::collections::BTreeSet::new();
    for (at, product) in (1..).zip(&products) {
        let (path, name) = (path.to_owned(), product.name.clone());
        let texts = [Some(&product.name), Some(&product.active_ingredient), product.registration.as_ref()];
        if !texts.into_iter().flatten().all(|text| is_nfc(text.as_str())) {
            return Err(ProductsError::NotNfc { path, at, name });
        }
        if !names.insert(&product.name) {
            return Err(ProductsError::Twice { path, at, name });
        }
    }
    products.sort();
    Ok(products.into())
}
