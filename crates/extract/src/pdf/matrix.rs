//! Affine transformations (ISO 32000-1, 8.3.4).

/// `[a b c d e f]`: x' = a x + c y + e, y' = b x + d y + f.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(crate) const ONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(crate) fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then `outer`.
    pub(crate) fn then(self, outer: Matrix) -> Matrix {
        let Matrix([a, b, c, d, e, f]) = self;
        let (x, y) = outer.turn(a, b);
        let (z, w) = outer.turn(c, d);
        let (u, v) = outer.apply(e, f);
        Matrix([x, y, z, w, u, v])
    }

    /// Where a point goes.
    pub(crate) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let (u, v) = self.turn(x, y);
        (u + self.0[4], v + self.0[5])
    }

    /// Where a direction goes.
    pub(crate) fn turn(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }
}
