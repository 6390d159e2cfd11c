type Point = readonly [number, number];

const points = (ring: string): Point[] =>
  ring
    .slice(1)
    .split('L')
    .map((pair) => pair.split(',').map(Number) as unknown as Point);

const isSame = ([a, b]: Point, [c, d]: Point): boolean => a === c && b === d;

/** A path of absolute lines on whole units as relative lines, without points that fall on their neighbour: a third of the size. */
export function smallPath(path: string): string {
  return path
    .split('Z')
    .filter((ring) => ring !== '')
    .map(points)
    .map((ring) => ring.filter((point, index) => !isSame(point, ring[(index || ring.length) - 1] as Point)))
    .filter((ring) => ring.length > 2)
    .map(relative)
    .join('');
}

function relative(ring: readonly Point[]): string {
  const [start = [0, 0], ...rest] = ring;
  let [x, y] = start;
  const steps = rest.map(([toX, toY]) => {
    const step = `${toX - x} ${toY - y}`;
    [x, y] = [toX, toY];
    return step;
  });
  return `M${start.join(' ')}l${steps.join(' ').replaceAll(' -', '-')}z`;
}
