//! The steps by which each file came to its present tables.

/// Steps of the file of records, oldest first; never edited once released, only added to.
pub(super) const RECORDS: &[&str] = &[FOUNDATION, LOG, TRACE, SERIALS, REGISTER];

/// How many steps a file of records has taken once it has the trace graph, which is then filled from its records.
pub(super) const WITH_TRACE: usize = 3;

/// The same of the register.
pub(super) const WITH_REGISTER: usize = 5;

const FOUNDATION: &str = "
    CREATE TABLE deployment (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TABLE chain (
        chain_id BLOB PRIMARY KEY CHECK (length(chain_id) = 32),
        kind TEXT NOT NULL CHECK (kind IN ('actor', 'place', 'batch'))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE record (
        position INTEGER PRIMARY KEY,
        statement_id BLOB NOT NULL UNIQUE CHECK (length(statement_id) = 32),
        chain_id BLOB NOT NULL REFERENCES chain,
        sequence INTEGER NOT NULL CHECK (sequence >= 0),
        accepted_at INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (chain_id, sequence)
    ) STRICT;
    CREATE TABLE refers (
        chain_id BLOB NOT NULL REFERENCES chain,
        other BLOB NOT NULL,
        PRIMARY KEY (chain_id, other)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE label (
        gtin TEXT NOT NULL,
        lot TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        PRIMARY KEY (gtin, lot)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE code (
        issuer TEXT NOT NULL,
        code TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        PRIMARY KEY (issuer, code)
    ) STRICT, WITHOUT ROWID;
";

/// Columns and tables of deployments with a log; in others they stay empty. `chain` holds its newest record's place, so
/// that the heads map is built from as many rows as there are chains.
const LOG: &str = "
    ALTER TABLE chain ADD COLUMN leaf_index INTEGER;
    ALTER TABLE chain ADD COLUMN count INTEGER;
    ALTER TABLE chain ADD COLUMN entry BLOB CHECK (length(entry) = 32);
    ALTER TABLE record ADD COLUMN leaf_index INTEGER;
    ALTER TABLE record ADD COLUMN log_time INTEGER;
    ALTER TABLE record ADD COLUMN anchor_time INTEGER;
    ALTER TABLE record ADD COLUMN entry BLOB CHECK (length(entry) = 32);
    ALTER TABLE refers ADD COLUMN leaf_index INTEGER;
    ALTER TABLE label ADD COLUMN leaf_index INTEGER;
    ALTER TABLE code ADD COLUMN leaf_index INTEGER;
    CREATE INDEX label_leaf ON label (leaf_index) WHERE leaf_index IS NOT NULL;
    CREATE INDEX code_leaf ON code (leaf_index) WHERE leaf_index IS NOT NULL;
    CREATE TABLE leaf (
        idx INTEGER PRIMARY KEY CHECK (idx >= 0),
        data BLOB NOT NULL,
        position INTEGER REFERENCES record
    ) STRICT;
    CREATE TABLE checkpoint (
        size INTEGER PRIMARY KEY,
        map_root BLOB NOT NULL CHECK (length(map_root) = 32),
        map_time INTEGER NOT NULL,
        tree_root BLOB CHECK (length(tree_root) = 32),
        signed TEXT,
        cosigned TEXT,
        as_of INTEGER
    ) STRICT;
    CREATE TABLE root (
        version INTEGER PRIMARY KEY,
        leaf_index INTEGER NOT NULL UNIQUE,
        log_time INTEGER NOT NULL,
        entry BLOB NOT NULL CHECK (length(entry) = 32),
        signed BLOB NOT NULL
    ) STRICT;
    CREATE TABLE fork (
        chain_id BLOB PRIMARY KEY REFERENCES chain,
        leaf_index INTEGER NOT NULL UNIQUE,
        hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
        evidence BLOB NOT NULL
    ) STRICT;
    -- Where a place's seasons begin; `reached_at` is the first later leaf that builds on something before it.
    CREATE TABLE season (
        chain_id BLOB NOT NULL REFERENCES chain,
        sequence INTEGER NOT NULL,
        name TEXT NOT NULL,
        leaf_index INTEGER NOT NULL,
        reached_at INTEGER,
        PRIMARY KEY (chain_id, sequence)
    ) STRICT, WITHOUT ROWID;
    -- The first draw of a season on a place for a batch.
    CREATE TABLE draw (
        batch BLOB NOT NULL CHECK (length(batch) = 32),
        chain_id BLOB NOT NULL REFERENCES chain,
        season TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        leaf_index INTEGER NOT NULL,
        PRIMARY KEY (batch, chain_id, season)
    ) STRICT, WITHOUT ROWID;
";

/// The trace graph. `node` numbers chains in the order in which they are first heard of; one that is only named as a draw's
/// destination has no `sort` yet. Sums and grams are effective ones, corrections counted; an edge from a growing area to a
/// plot has none.
///
/// Beside it: whether a recall stands on a chain after each of its records, and who had a name before it was freed
/// (`freed` is the leaf of the release; 0 in a deployment without a log).
const TRACE: &str = "
    ALTER TABLE chain ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE record ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE label RENAME TO label_before;
    CREATE TABLE label (
        gtin TEXT NOT NULL,
        lot TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        leaf_index INTEGER,
        freed INTEGER,
        PRIMARY KEY (gtin, lot, chain_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO label (gtin, lot, chain_id, leaf_index) SELECT gtin, lot, chain_id, leaf_index FROM label_before;
    DROP TABLE label_before;
    CREATE UNIQUE INDEX label_held ON label (gtin, lot) WHERE freed IS NULL;
    CREATE INDEX label_leaf ON label (leaf_index) WHERE leaf_index IS NOT NULL;
    CREATE INDEX label_freed ON label (freed) WHERE freed IS NOT NULL;
    ALTER TABLE code RENAME TO code_before;
    CREATE TABLE code (
        issuer TEXT NOT NULL,
        code TEXT NOT NULL,
        chain_id BLOB NOT NULL REFERENCES chain,
        leaf_index INTEGER,
        freed INTEGER,
        PRIMARY KEY (issuer, code, chain_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO code (issuer, code, chain_id, leaf_index) SELECT issuer, code, chain_id, leaf_index FROM code_before;
    DROP TABLE code_before;
    CREATE UNIQUE INDEX code_held ON code (issuer, code) WHERE freed IS NULL;
    CREATE INDEX code_leaf ON code (leaf_index) WHERE leaf_index IS NOT NULL;
    CREATE INDEX code_freed ON code (freed) WHERE freed IS NOT NULL;
    CREATE TABLE node (
        node INTEGER PRIMARY KEY,
        chain_id BLOB NOT NULL UNIQUE CHECK (length(chain_id) = 32),
        sort TEXT CHECK (sort IN ('actor', 'growing_area', 'packing_house', 'plot', 'batch')),
        role TEXT,
        owner BLOB CHECK (length(owner) = 32),
        gtin TEXT,
        lot TEXT,
        issuer TEXT,
        code TEXT,
        product TEXT,
        variety TEXT,
        commune TEXT,
        consignment_of BLOB CHECK (length(consignment_of) = 32),
        opened_at INTEGER,
        records INTEGER NOT NULL DEFAULT 0,
        in_g INTEGER NOT NULL DEFAULT 0,
        drawn_g INTEGER NOT NULL DEFAULT 0,
        sold_g INTEGER NOT NULL DEFAULT 0,
        lost_g INTEGER NOT NULL DEFAULT 0,
        disposed_g INTEGER NOT NULL DEFAULT 0,
        boxes INTEGER,
        recalled INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX node_owner ON node (owner, chain_id);
    CREATE TABLE edge (
        source INTEGER NOT NULL,
        destination INTEGER NOT NULL,
        drawn_g INTEGER,
        received_g INTEGER,
        season TEXT,
        why TEXT,
        at INTEGER,
        PRIMARY KEY (source, destination)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX edge_back ON edge (destination, source);
    CREATE TABLE recall (
        node INTEGER NOT NULL REFERENCES node,
        sequence INTEGER NOT NULL,
        reason TEXT NOT NULL,
        product_lot TEXT,
        harvests INTEGER,
        consignment BLOB CHECK (length(consignment) = 32),
        released INTEGER NOT NULL,
        PRIMARY KEY (node, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE applied (
        product_lot TEXT NOT NULL,
        product TEXT NOT NULL,
        node INTEGER NOT NULL REFERENCES node,
        PRIMARY KEY (product_lot, product, node)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE shipment (
        kind TEXT NOT NULL,
        number TEXT NOT NULL,
        node INTEGER NOT NULL REFERENCES node,
        PRIMARY KEY (kind, number, node)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pallet (
        sscc TEXT NOT NULL,
        node INTEGER NOT NULL REFERENCES node,
        PRIMARY KEY (sscc, node)
    ) STRICT, WITHOUT ROWID;
    -- The batches that name a packing house as their place.
    CREATE TABLE handled (
        place INTEGER NOT NULL REFERENCES node,
        node INTEGER NOT NULL REFERENCES node,
        PRIMARY KEY (place, node)
    ) STRICT, WITHOUT ROWID;
";

/// Lists of printed serials, as hashes and in tiles (`nguon_core::serial`), and how often each was scanned on which day
/// (days since 1970-01-01 in Vietnam). `leaf` is the serial's place in its list.
const SERIALS: &str = "
    CREATE TABLE serial_list (
        list INTEGER PRIMARY KEY,
        chain_id BLOB NOT NULL REFERENCES chain,
        root BLOB NOT NULL CHECK (length(root) = 32),
        UNIQUE (chain_id, root)
    ) STRICT;
    -- With row ids: the long hashes then stand on pages of their own, out of the way of who reads all the roots.
    CREATE TABLE serial_tile (
        list INTEGER NOT NULL REFERENCES serial_list,
        first BLOB NOT NULL CHECK (length(first) = 32),
        tile INTEGER NOT NULL,
        root BLOB NOT NULL CHECK (length(root) = 32),
        hashes BLOB NOT NULL,
        PRIMARY KEY (list, first)
    ) STRICT;
    CREATE TABLE scan (
        list INTEGER NOT NULL REFERENCES serial_list,
        leaf INTEGER NOT NULL,
        day INTEGER NOT NULL,
        scans INTEGER NOT NULL CHECK (scans > 0),
        PRIMARY KEY (list, leaf, day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX scan_day ON scan (day);
";

/// The register: actors and their keys, and what growing areas and plots may yield and yielded (effective grams, corrections
/// counted). `enrolled_by` is an actor's chain or, where `by_authority`, an authority's id; `since` and `revoked` are sequences
/// on the actor's chain; `last_record` is when it last acted anywhere, by itself or through its registrar.
const REGISTER: &str = "
    CREATE TABLE actor (
        chain_id BLOB PRIMARY KEY REFERENCES chain,
        role TEXT NOT NULL,
        enrolled_by BLOB NOT NULL CHECK (length(enrolled_by) = 32),
        by_authority INTEGER NOT NULL,
        retired INTEGER,
        last_record INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX actor_enrolled_by ON actor (enrolled_by, chain_id);
    CREATE TABLE key (
        key_id BLOB NOT NULL CHECK (length(key_id) = 32),
        chain_id BLOB NOT NULL REFERENCES actor,
        since INTEGER NOT NULL,
        revoked INTEGER,
        reason TEXT,
        suspect_since INTEGER,
        PRIMARY KEY (key_id, chain_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX key_of ON key (chain_id);
    -- Growing areas, and plots with the area they are part of.
    CREATE TABLE ground (
        chain_id BLOB PRIMARY KEY REFERENCES chain,
        area BLOB CHECK (length(area) = 32),
        area_m2 INTEGER NOT NULL,
        last_applied INTEGER,
        last_harvested INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ground_area ON ground (area) WHERE area IS NOT NULL;
    -- `opens` is null while only the growing area has allotted something to a plot.
    CREATE TABLE harvest_season (
        chain_id BLOB NOT NULL,
        season TEXT NOT NULL,
        opens INTEGER,
        closes INTEGER,
        ceiling_g INTEGER NOT NULL DEFAULT 0,
        allotted_g INTEGER NOT NULL DEFAULT 0,
        drawn_g INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (chain_id, season)
    ) STRICT, WITHOUT ROWID;
";

/// Steps of the file of openings and attachments. `erased` holds no personal data: what was erased is not taken again.
pub(super) const PERSONAL_STEPS: &[&str] = &[
    "
    CREATE TABLE personal.opening (
        statement_id BLOB NOT NULL CHECK (length(statement_id) = 32),
        path TEXT NOT NULL,
        digest BLOB NOT NULL CHECK (length(digest) = 32),
        salt BLOB NOT NULL CHECK (length(salt) = 16),
        value BLOB,
        about BLOB NOT NULL CHECK (length(about) = 32),
        PRIMARY KEY (statement_id, path)
    ) STRICT;
    CREATE INDEX personal.opening_about ON opening (about);
    CREATE INDEX personal.opening_digest ON opening (digest);
    CREATE TABLE personal.attachment (
        digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
        statement_id BLOB NOT NULL,
        path TEXT NOT NULL,
        media_type TEXT NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (statement_id, path),
        FOREIGN KEY (statement_id, path) REFERENCES opening ON DELETE CASCADE
    ) STRICT;
    CREATE TABLE personal.erased (
        statement_id BLOB NOT NULL,
        path TEXT NOT NULL,
        PRIMARY KEY (statement_id, path)
    ) STRICT, WITHOUT ROWID;
",
    UPLOADS,
];

/// Attachments of which not all has come. They go with their opening, and their parts with them.
const UPLOADS: &str = "
    CREATE TABLE personal.upload (
        digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
        statement_id BLOB NOT NULL,
        path TEXT NOT NULL,
        about BLOB NOT NULL CHECK (length(about) = 32),
        received INTEGER NOT NULL,
        touched INTEGER NOT NULL,
        UNIQUE (statement_id, path),
        FOREIGN KEY (statement_id, path) REFERENCES opening ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX personal.upload_about ON upload (about);
    CREATE TABLE personal.upload_part (
        digest BLOB NOT NULL REFERENCES upload ON DELETE CASCADE,
        start INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (digest, start)
    ) STRICT;
";
