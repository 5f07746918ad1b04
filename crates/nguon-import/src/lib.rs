//! Households and plots from the spreadsheet a co-op already has.
//!
//! Three steps, none of which reads a file, a clock or the network: [`read`] turns bytes into a [`Workbook`](table::Workbook),
//! [`preview`](preview::preview) says of every cell what it was taken for and what is wrong with it, and [`plan`](plan::plan)
//! turns a clean preview into what is to be signed. The same file again plans nothing.
//!
//! Read are Office Open XML workbooks (ECMA-376 part 1, `.xlsx`) and tables as text (RFC 4180, with semicolons and tabs too)
//! in UTF-8, UTF-16 or windows-1258. The list may stand under titles, its columns in any order, headings with or without
//! marks; a household's further plots may leave its cells empty, merge them or say "nt". Communes are those of Tỉnh Bắc Ninh
//! by their names and codes of now and of before July 2025 ([`commune`]).
//!
//! Left out: `.xls`, `.xlsb` and `.ods` (the words for them say to save as `.xlsx`); formulas, whose last values are read;
//! other provinces' communes; changing what is registered, which is a correction that somebody has to mean.
//!
//! ```
//! use nguon_import::preview::{Options, preview};
//! use nguon_import::{plan, register::Register, words};
//!
//! let list = "Họ tên;SĐT;Thôn;Xã;Tên thửa;Diện tích (ha);Giống\n\
//!             NGUYỄN VĂN BẢY;912345678;Kép 1;Hồng Giang;Vườn trên;0,25;vải thiều\n\
//!             ;;;;Vườn dưới;7 sào;vải thiều\n";
//! let options = Options { areas: Some(vec![area()]), ..Options::default() };
//! let seen = preview(&nguon_import::read(list.as_bytes())?, &options)?;
//! for mark in &seen.marks {
//!     println!("{:?}: {}", mark.at, words::finding(words::Lang::Vi, &mark.finding).what);
//! }
//! assert!(seen.is_clean());
//! assert_eq!(seen.households[0].name.as_str(), "Nguyễn Văn Bảy");
//! assert_eq!(seen.households[0].plots[1].size.get(), 2_520);
//!
//! let counts = plan::plan(&seen, &Register::default(), &[area()], None).counts();
//! assert_eq!((counts.households, counts.plots), (1, 2));
//! # fn area() -> nguon_import::preview::Area {
//! #     let code = "VN-BGOR-0123".parse().unwrap();
//! #     let chain = nguon_core::ids::ChainId::from_bytes([7; 32]);
//! #     nguon_import::preview::Area { code, chain, grams_left: None, square_metres_left: None }
//! # }
//! # Ok::<(), nguon_import::Error>(())
//! ```

pub mod column;
pub mod commune;
mod error;
pub mod finding;
pub mod headings;
pub mod household;
pub mod marked;
pub mod plan;
pub mod preview;
mod read;
pub mod register;
pub mod table;
pub mod template;
pub mod text;
pub mod value;
pub mod words;

pub use error::{Error, Measure};
pub use finding::Finding;
pub use read::read;
