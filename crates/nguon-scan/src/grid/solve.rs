//! Small systems of linear equations.

/// Sums up equations `row · x = value`, and solves for the `N` unknowns with the least squared error.
#[derive(Debug, Clone)]
pub(crate) struct LeastSquares<const N: usize> {
    matrix: [[f64; N]; N],
    values: [f64; N],
}

impl<const N: usize> LeastSquares<N> {
    /// Without equations; `ridge` draws unknowns that no equation holds to 0.
    pub(crate) const fn new(ridge: f64) -> Self {
        let mut matrix = [[0.0; N]; N];
        let mut i = 0;
        while i < N {
            matrix[i][i] = ridge;
            i += 1;
        }
        Self { matrix, values: [0.0; N] }
    }

    pub(crate) fn add(&mut self, row: [f64; N], value: f64, weight: f64) {
        for ((line, sum), &left) in self.matrix.iter_mut().zip(&mut self.values).zip(&row) {
            for (cell, &right) in line.iter_mut().zip(&row) {
                *cell += weight * left * right;
            }
            *sum += weight * left * value;
        }
    }

    /// Gauss's elimination with pivots; none if the equations leave something open.
    pub(crate) fn solve(mut self) -> Option<[f64; N]> {
        for i in 0..N {
            let pivot = (i..N).max_by(|&a, &b| self.matrix[a][i].abs().total_cmp(&self.matrix[b][i].abs()))?;
            self.matrix.swap(i, pivot);
            self.values.swap(i, pivot);
            let (line, value) = (self.matrix[i], self.values[i]);
            if line[i].abs() < 1e-12 || !line[i].is_finite() {
                return None;
            }
            for other in 0..N {
                if other == i {
                    continue;
                }
                let factor = self.matrix[other][i] / line[i];
                for (cell, &above) in self.matrix[other].iter_mut().zip(&line) {
                    *cell -= factor * above;
                }
                self.values[other] -= factor * value;
            }
        }
        let mut unknowns = self.values;
        for (i, unknown) in unknowns.iter_mut().enumerate() {
            *unknown /= self.matrix[i][i];
        }
        unknowns.iter().all(|x| x.is_finite()).then_some(unknowns)
    }
}
