//! The actors below a registrar, page by page, with their plots; and the growing areas those are part of.

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::trace::PlaceCode;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{enrolled_by, grams, maybe_time, time};
use crate::error::StoreError;
use crate::policy::OpeningPolicy;
use crate::register::{AreaSeason, AreaSums, Household, HouseholdPlot, Households, PlotSeason};
use crate::sqlite::trace::{self, choice};

/// The actors below one: its registrars' too. Enrolment has no circles; `UNION` would stop at one.
const BELOW: &str = "WITH RECURSIVE below (chain_id) AS (
        SELECT chain_id FROM actor WHERE enrolled_by = ?1 AND NOT by_authority
        UNION SELECT actor.chain_id FROM below JOIN actor ON actor.enrolled_by = below.chain_id AND NOT actor.by_authority
    ) ";

/// At most so many of the actors below a registrar; `None` if there is no such registrar.
pub(in crate::sqlite) fn households(
    connection: &Connection,
    registrar: &ChainId,
    after: Option<&ChainId>,
    most: usize,
    policy: &OpeningPolicy,
) -> Result<Option<Households>, StoreError> {
    let query = "SELECT role FROM actor WHERE chain_id = ?1";
    let key = params![registrar.as_bytes()];
    let role = |row: &Row<'_>| Ok(choice::<Role>(row.get_ref(0)?.as_str()?)?);
    if connection.prepare_cached(query)?.query_row(key, role).optional()? != Some(Role::Registrar) {
        return Ok(None);
    }
    let mut names = trace::names(connection, policy)?;
    let query = format!(
        "{BELOW} SELECT chain_id, role, enrolled_by, by_authority, retired IS NOT NULL, last_record,
            (SELECT count(*) FROM key WHERE key.chain_id = actor.chain_id AND revoked IS NULL)
        FROM below CROSS JOIN actor USING (chain_id) WHERE chain_id > ?2 ORDER BY chain_id LIMIT ?3"
    );
    let after: &[u8] = after.map_or(&[], |after| after.as_bytes());
    let mut query = connection.prepare_cached(&query)?;
    let values = params![registrar.as_bytes(), after, i64::try_from(most).unwrap_or(i64::MAX)];
    let mut households = query.query_map(values, household)?.collect::<Result<Vec<_>, _>>()?;
    for household in &mut households {
        household.name = names(&household.actor)?;
        household.plots = plots(connection, &household.actor)?;
        household.last_applied = household.plots.iter().filter_map(|plot| plot.last_applied).max();
        household.last_harvested = household.plots.iter().filter_map(|plot| plot.last_harvested).max();
    }
    let areas = if households.len() < most { areas(connection, registrar)? } else { Vec::new() };
    Ok(Some(Households { as_of: trace::as_of(connection)?, households, areas }))
}

fn household(row: &Row<'_>) -> rusqlite::Result<Household> {
    Ok(Household {
        actor: ChainId::from_bytes(row.get(0)?),
        role: choice(row.get_ref(1)?.as_str()?)?,
        name: None,
        enrolled_by: enrolled_by(row, 2)?,
        active_keys: row.get(6)?,
        retired: row.get(4)?,
        last_record: maybe_time(row, 5)?,
        last_applied: None,
        last_harvested: None,
        plots: Vec::new(),
    })
}

fn plots(connection: &Connection, household: &ChainId) -> Result<Vec<HouseholdPlot>, StoreError> {
    let query =
        "SELECT chain_id, area, variety, area_m2, last_applied, last_harvested FROM node JOIN ground USING (chain_id)
        WHERE owner = ?1 AND sort = 'plot' ORDER BY chain_id";
    let plot = |row: &Row<'_>| {
        let variety = row.get_ref(2)?.as_str_or_null()?;
        Ok(HouseholdPlot {
            plot: ChainId::from_bytes(row.get(0)?),
            area: ChainId::from_bytes(row.get(1)?),
            variety: variety.map(|text| text.parse().map_err(|_| FromSqlError::InvalidType)).transpose()?,
            area_m2: row.get(3)?,
            last_applied: maybe_time(row, 4)?,
            last_harvested: maybe_time(row, 5)?,
            seasons: Vec::new(),
        })
    };
    let mut query = connection.prepare_cached(query)?;
    let mut plots = query.query_map(params![household.as_bytes()], plot)?.collect::<Result<Vec<_>, _>>()?;
    let query =
        "SELECT season, opens, closes, allotted_g, drawn_g FROM harvest_season WHERE chain_id = ?1 ORDER BY season";
    let season = |row: &Row<'_>| {
        Ok(PlotSeason {
            season: row.get_ref(0)?.as_str()?.parse().map_err(|_| FromSqlError::InvalidType)?,
            from: maybe_time(row, 1)?,
            until: maybe_time(row, 2)?,
            allotted_g: grams(row, 3)?,
            drawn_g: grams(row, 4)?,
        })
    };
    for plot in &mut plots {
        let mut query = connection.prepare_cached(query)?;
        plot.seasons = query.query_map(params![plot.plot.as_bytes()], season)?.collect::<Result<_, _>>()?;
    }
    Ok(plots)
}

/// The growing areas of which anybody below has a plot, and those whose code the registrar holds.
fn areas(connection: &Connection, registrar: &ChainId) -> Result<Vec<AreaSums>, StoreError> {
    let query = format!(
        "{BELOW} SELECT ground.area FROM below JOIN node ON node.owner = below.chain_id AND node.sort = 'plot'
            JOIN ground ON ground.chain_id = node.chain_id
        UNION SELECT chain_id FROM node WHERE owner = ?1 AND sort = 'growing_area' ORDER BY 1"
    );
    let mut query = connection.prepare_cached(&query)?;
    let found = query.query_map(params![registrar.as_bytes()], |row| row.get(0).map(ChainId::from_bytes))?;
    found.map(|area| sums(connection, area?)).collect()
}

fn sums(connection: &Connection, area: ChainId) -> Result<AreaSums, StoreError> {
    let query = "SELECT issuer, code, area_m2 FROM node JOIN ground USING (chain_id) WHERE chain_id = ?1";
    let facts = |row: &Row<'_>| {
        let (issuer, code) = (row.get_ref(0)?.as_str_or_null()?, row.get_ref(1)?.as_str_or_null()?);
        let code = match issuer.zip(code) {
            Some((issuer, code)) => Some(PlaceCode {
                issuer: issuer.parse().map_err(|_| FromSqlError::InvalidType)?,
                code: code.parse().map_err(|_| FromSqlError::InvalidType)?,
            }),
            None => None,
        };
        Ok((code, row.get(2)?))
    };
    let key = params![area.as_bytes()];
    let (code, area_m2) = connection.prepare_cached(query)?.query_row(key, facts).optional()?.unwrap_or_default();
    let query = "SELECT season, opens, closes, ceiling_g, allotted_g,
            (SELECT coalesce(sum(plot.drawn_g), 0) FROM ground JOIN harvest_season AS plot USING (chain_id)
                WHERE ground.area = ?1 AND plot.season = own.season)
        FROM harvest_season AS own WHERE chain_id = ?1 AND opens IS NOT NULL ORDER BY season";
    let season = |row: &Row<'_>| {
        Ok(AreaSeason {
            season: row.get_ref(0)?.as_str()?.parse().map_err(|_| FromSqlError::InvalidType)?,
            from: time(row, 1)?,
            until: time(row, 2)?,
            ceiling_g: grams(row, 3)?,
            allotted_g: grams(row, 4)?,
            drawn_g: grams(row, 5)?,
        })
    };
    let mut query = connection.prepare_cached(query)?;
    let seasons = query.query_map(key, season)?.collect::<Result<_, _>>()?;
    Ok(AreaSums { area, code, area_m2, seasons })
}
