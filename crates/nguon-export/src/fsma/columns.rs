//! Sheets and their columns.

use crate::table::{Column, Sheet};

const fn column(heading: &'static str, cite: &'static str, width: u8) -> Column {
    Column::new(heading, cite, width)
}

/// Number of the sheet of lots, with the verdict of each.
pub const LOTS: usize = 0;
/// Number of the sheet of harvesting, §1.1325(a).
pub const HARVESTING: usize = 1;
/// Number of the sheet of cooling, §1.1325(b).
pub const COOLING: usize = 2;
/// Number of the sheet of initial packing, §1.1330(a).
pub const INITIAL_PACKING: usize = 3;
/// Number of the sheet of shipping, §1.1340(a).
pub const SHIPPING: usize = 4;
/// Number of the sheet of receiving, §1.1345(a).
pub const RECEIVING: usize = 5;
/// Number of the sheet of transformation, §1.1350(a).
pub const TRANSFORMATION: usize = 6;
/// Number of the sheet of location descriptions, §1.1310.
pub const LOCATIONS: usize = 7;
/// Number of the sheet of what is missing.
pub const MISSING: usize = 8;

/// Every sheet, in the order of a workbook.
pub const SHEETS: [Sheet; 9] = [
    Sheet {
        name: "Lots",
        columns: &[
            column("Traceability lot code", "1.1310", 34),
            column("Batch id", "", 20),
            column("Product description", "", 34),
            column("Verdict", "", 14),
            column("Verdict in words", "", 60),
            column("Nothing missing as of (UTC)", "", 22),
            column("Verified at (UTC)", "", 22),
            column("Signatures", "", 10),
            column("Findings", "", 24),
        ],
    },
    Sheet {
        name: "Harvesting",
        columns: &[
            column("Immediate subsequent recipient (location description)", "1.1325(a)(1)(i)", 44),
            column("Commodity", "1.1325(a)(1)(ii)", 20),
            column("Variety", "1.1325(a)(1)(ii)", 20),
            column("Quantity", "1.1325(a)(1)(iii)", 12),
            column("Unit of measure", "1.1325(a)(1)(iii)", 8),
            column("Farm where harvested (location description)", "1.1325(a)(1)(iv)", 44),
            column("Field or growing area", "1.1325(a)(1)(v)", 28),
            column("Date of harvesting", "1.1325(a)(1)(vii)", 12),
            column("Reference document type", "1.1325(a)(1)(viii)", 18),
            column("Reference document number", "1.1325(a)(1)(viii)", 24),
            column("Harvester's business name", "1.1325(a)(2)", 28),
            column("Harvester's phone number", "1.1325(a)(2)", 16),
            column("Source lot", "", 34),
            column("Signed by the registrar on the farm's behalf", "", 12),
            column("Corrected", "", 10),
            column("Record", "", 24),
        ],
    },
    Sheet {
        name: "Cooling",
        columns: &[
            column("Immediate subsequent recipient (location description)", "1.1325(b)(1)(i)", 44),
            column("Commodity", "1.1325(b)(1)(ii)", 20),
            column("Variety", "1.1325(b)(1)(ii)", 20),
            column("Quantity", "1.1325(b)(1)(iii)", 12),
            column("Unit of measure", "1.1325(b)(1)(iii)", 8),
            column("Location where cooled (location description)", "1.1325(b)(1)(iv)", 44),
            column("Date of cooling", "1.1325(b)(1)(v)", 12),
            column("Farm where harvested (location description)", "1.1325(b)(1)(vi)", 44),
            column("Reference document type", "1.1325(b)(1)(vii)", 18),
            column("Reference document number", "1.1325(b)(1)(vii)", 24),
            column("Method", "", 14),
            column("Measured, °C", "", 10),
            column("Source lot", "", 34),
            column("Corrected", "", 10),
            column("Record", "", 24),
        ],
    },
    Sheet {
        name: "Initial packing",
        columns: &[
            column("Commodity received", "1.1330(a)(1)", 20),
            column("Variety received", "1.1330(a)(1)", 20),
            column("Date received", "1.1330(a)(2)", 12),
            column("Quantity received", "1.1330(a)(3)", 12),
            column("Unit of measure", "1.1330(a)(3)", 8),
            column("Farm where harvested (location description)", "1.1330(a)(4)", 44),
            column("Field or growing area", "1.1330(a)(5)", 28),
            column("Harvester's business name", "1.1330(a)(7)", 28),
            column("Harvester's phone number", "1.1330(a)(7)", 16),
            column("Date of harvesting", "1.1330(a)(8)", 12),
            column("Location where cooled (location description)", "1.1330(a)(9)", 44),
            column("Date of cooling", "1.1330(a)(10)", 12),
            column("Traceability lot code assigned", "1.1330(a)(11)", 34),
            column("Product description", "1.1330(a)(12)", 34),
            column("Quantity packed", "1.1330(a)(13)", 12),
            column("Unit of measure (packed)", "1.1330(a)(13)", 8),
            column("Packages", "1.1330(a)(13)", 10),
            column("Traceability lot code source (location description)", "1.1330(a)(14)", 44),
            column("Date of initial packing", "1.1330(a)(15)", 12),
            column("Reference document type", "1.1330(a)(16)", 18),
            column("Reference document number", "1.1330(a)(16)", 24),
            column("Source lot", "", 34),
            column("Corrected", "", 10),
            column("Record", "", 24),
        ],
    },
    Sheet {
        name: "Shipping",
        columns: &[
            column("Traceability lot code", "1.1340(a)(1)", 34),
            column("Quantity", "1.1340(a)(2)", 12),
            column("Unit of measure", "1.1340(a)(2)", 8),
            column("Product description", "1.1340(a)(3)", 34),
            column("Immediate subsequent recipient (location description)", "1.1340(a)(4)", 44),
            column("Shipped from (location description)", "1.1340(a)(5)", 44),
            column("Date shipped", "1.1340(a)(6)", 12),
            column("Traceability lot code source (location description)", "1.1340(a)(7)", 44),
            column("Reference document type", "1.1340(a)(8)", 18),
            column("Reference document number", "1.1340(a)(8)", 24),
            column("Transporter", "", 28),
            column("Corrected", "", 10),
            column("Record", "", 24),
        ],
    },
    Sheet {
        name: "Receiving",
        columns: &[
            column("Traceability lot code", "1.1345(a)(1)", 34),
            column("Quantity", "1.1345(a)(2)", 12),
            column("Unit of measure", "1.1345(a)(2)", 8),
            column("Product description", "1.1345(a)(3)", 34),
            column("Immediate previous source (location description)", "1.1345(a)(4)", 44),
            column("Received at (location description)", "1.1345(a)(5)", 44),
            column("Date received", "1.1345(a)(6)", 12),
            column("Traceability lot code source (location description)", "1.1345(a)(7)", 44),
            column("Reference document type", "1.1345(a)(8)", 18),
            column("Reference document number", "1.1345(a)(8)", 24),
            column("Corrected", "", 10),
            column("Record", "", 24),
        ],
    },
    Sheet {
        name: "Transformation",
        columns: &[
            column("Traceability lot code used", "1.1350(a)(1)(i)", 34),
            column("Product description (used)", "1.1350(a)(1)(ii)", 34),
            column("Quantity used", "1.1350(a)(1)(iii)", 12),
            column("Unit of measure (used)", "1.1350(a)(1)(iii)", 8),
            column("New traceability lot code", "1.1350(a)(2)(i)", 34),
            column("Traceability lot code source (location description)", "1.1350(a)(2)(ii)", 44),
            column("Date transformation was completed", "1.1350(a)(2)(iii)", 12),
            column("Product description (new)", "1.1350(a)(2)(iv)", 34),
            column("Quantity (new)", "1.1350(a)(2)(v)", 12),
            column("Unit of measure (new)", "1.1350(a)(2)(v)", 8),
            column("Packages", "1.1350(a)(2)(v)", 10),
            column("Reference document type", "1.1350(a)(2)(vi)", 18),
            column("Reference document number", "1.1350(a)(2)(vi)", 24),
            column("Corrected", "", 10),
            column("Record", "", 24),
        ],
    },
    Sheet {
        name: "Locations",
        columns: &[
            column("Location identifier", "", 26),
            column("Business name", "1.1310", 34),
            column("Phone number", "1.1310", 16),
            column("Physical address (commune, code)", "1.1310", 34),
            column("Geographic coordinates", "1.1310", 24),
            column("Country", "1.1310", 8),
            column("Code of growing area or packing house", "", 24),
            column("Issuer of the code", "", 16),
            column("GLN", "", 16),
            column("Chain", "", 24),
        ],
    },
    Sheet {
        name: "Missing",
        columns: &[
            column("Traceability lot code", "", 34),
            column("Key data element", "", 60),
            column("Chain", "", 24),
            column("Record number in its chain", "", 10),
            column("Field", "", 24),
            column("Where to enter it", "", 60),
        ],
    },
];
