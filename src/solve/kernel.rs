//! The inner loops: sums over rows in a fixed order, so that they give the same bits everywhere.

/// Rows that are taken at a time, so that a block of all columns stays in the cache.
const BLOCK: usize = 128;

/// `sums += factor * column`.
pub(crate) fn add_scaled(sums: &mut [f64], column: &[f64], factor: f64) {
    for (sum, x) in sums.iter_mut().zip(column) {
        *sum += factor * x;
    }
}

/// Dot product in eight running sums.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a_head, a_tail) = a.as_chunks::<8>();
    let (b_head, b_tail) = b.as_chunks::<8>();
    for (x, y) in a_head.iter().zip(b_head) {
        for l in 0..8 {
            sums[l] += x[l] * y[l];
        }
    }
    let tail: f64 = a_tail.iter().zip(b_tail).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f64>() + tail
}

/// Sum in eight running sums.
pub(crate) fn sum(a: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (head, tail) = a.as_chunks::<8>();
    for x in head {
        for l in 0..8 {
            sums[l] += x[l];
        }
    }
    sums.iter().sum::<f64>() + tail.iter().sum::<f64>()
}

/// Lower triangle, row by row, of the matrix of `sum_i weight_i a_i b_i` over all pairs of columns.
/// The columns have as many values as there are weights. Four columns against two at a time: that
/// is as many running sums as a processor has registers.
pub(super) fn weighted_gram(columns: &[&[f64]], weight: &[f64]) -> Vec<f64> {
    let k = columns.len();
    let padded = k.next_multiple_of(4);
    let mut gram = vec![0.0; k * k];
    let mut plain = vec![0.0; padded * BLOCK];
    let mut weighted = vec![0.0; padded * BLOCK];
    for start in (0..weight.len()).step_by(BLOCK) {
        let weight = &weight[start..weight.len().min(start + BLOCK)];
        let n = weight.len();
        for (j, column) in columns.iter().enumerate() {
            let column = &column[start..start + n];
            plain[j * BLOCK..j * BLOCK + n].copy_from_slice(column);
            let out = &mut weighted[j * BLOCK..j * BLOCK + n];
            for ((out, x), w) in out.iter_mut().zip(column).zip(weight) {
                *out = x * w;
            }
        }
        let of = |from: &'_ [f64], j: usize| -> std::ops::Range<usize> {
            debug_assert!(from.len() >= (j + 1) * BLOCK);
            j * BLOCK..j * BLOCK + n
        };
        for i in (0..k).step_by(4) {
            let rows = [0, 1, 2, 3].map(|at| &weighted[of(&weighted, i + at)]);
            for j in (0..(i + 4).min(k)).step_by(2) {
                let others = [0, 1].map(|at| &plain[of(&plain, j + at)]);
                let tile = tile(rows, others);
                for (at, sum) in tile.into_iter().enumerate() {
                    let (row, col) = (i + at / 2, j + at % 2);
                    if row < k && col <= row {
                        gram[row * k + col] += sum;
                    }
                }
            }
        }
    }
    gram
}

/// Dot products of four columns with two others, all of one length.
fn tile(a: [&[f64]; 4], b: [&[f64]; 2]) -> [f64; 8] {
    let mut sums = [[0.0; 2]; 8];
    let [a0, a1, a2, a3] = a.map(|column| column.as_chunks::<2>());
    let [b0, b1] = b.map(|column| column.as_chunks::<2>());
    let left = a0.0.iter().zip(a1.0).zip(a2.0.iter().zip(a3.0));
    for (((w, x), (y, z)), (p, q)) in left.zip(b0.0.iter().zip(b1.0)) {
        for l in 0..2 {
            sums[0][l] += w[l] * p[l];
            sums[1][l] += w[l] * q[l];
            sums[2][l] += x[l] * p[l];
            sums[3][l] += x[l] * q[l];
            sums[4][l] += y[l] * p[l];
            sums[5][l] += y[l] * q[l];
            sums[6][l] += z[l] * p[l];
            sums[7][l] += z[l] * q[l];
        }
    }
    let mut totals = sums.map(|[even, odd]| even + odd);
    // The last row of an odd number.
    for (at, (_, last)) in [a0, a1, a2, a3].iter().enumerate() {
        for (other, (_, others)) in [b0, b1].iter().enumerate() {
            if let (Some(x), Some(y)) = (last.first(), others.first()) {
                totals[2 * at + other] += x * y;
            }
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::seed::Stream;

    #[test]
    fn every_entry_of_the_gram_matrix_is_a_weighted_sum_of_products() {
        let mut rng = Stream::new(3).rng();
        for (n, k) in [(1, 1), (7, 3), (128, 4), (301, 6), (500, 9)] {
            let columns: Vec<Vec<f64>> = (0..k)
                .map(|_| (0..n).map(|_| rng.normal()).collect())
                .collect();
            let weight: Vec<f64> = (0..n).map(|_| rng.uniform()).collect();
            let views: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            let gram = weighted_gram(&views, &weight);
            for i in 0..k {
                for j in 0..=i {
                    let plain: f64 = (0..n)
                        .map(|row| columns[i][row] * columns[j][row] * weight[row])
                        .sum();
                    assert!((gram[i * k + j] - plain).abs() < 1e-11, "{n} {k} {i} {j}");
                }
            }
        }
    }
}
