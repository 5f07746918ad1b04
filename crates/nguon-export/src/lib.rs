//! From verified records to the files that importers, customs, retailers and inspectors each want.
