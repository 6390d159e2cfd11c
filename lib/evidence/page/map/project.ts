/** Where the map's section of the world is: Lambert's azimuthal equal-area projection, centred as EPSG:3035 is. */
export const PROJECTION = {
  width: 900,
  height: 800,
  /** Units for the Earth's radius. */
  scale: 1270,
  /** In degrees. */
  centre: { latitude: 52, longitude: 10 },
  /** Where the centre is on the map. */
  at: { x: 390, y: 418 },
};

export interface Point {
  readonly x: number;
  readonly y: number;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** A place on the map, in tenths of a unit: the last bits of a sine differ between machines. */
export function project({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): Point {
  const { scale, centre, at } = PROJECTION;
  const [phi, phi0, lambda] = [latitude, centre.latitude, longitude - centre.longitude].map(radians) as [
    number,
    number,
    number,
  ];
  const east = Math.cos(phi) * Math.sin(lambda);
  const north = Math.cos(phi0) * Math.sin(phi) - Math.sin(phi0) * Math.cos(phi) * Math.cos(lambda);
  const towards = Math.sin(phi0) * Math.sin(phi) + Math.cos(phi0) * Math.cos(phi) * Math.cos(lambda);
  const k = scale * Math.sqrt(2 / (1 + towards));
  return { x: rounded(at.x + k * east), y: rounded(at.y - k * north) };
}
