/** Neither a name nor a hash has it. */
const PLACE = '#';

const HASHES = [/c?[0-9a-f]{16,}/g, /(?<=[A-Za-z-])(?:[0-9A-F]{8})+/g];

/**
 * A template without the name of its workspace and without the hashes that CDK derives from it. Two stacks with the same result differ in
 * nothing else: names keep their lengths, so a limit on a length applies to both or to neither.
 *
 * @param stack the name of the stack, of which CDK also writes the letters and digits alone, sometimes cut off
 */
export function withoutNames(template: string, stack: string, id: string): string {
  const [compact, letters] = [stack, id].map((name) => name.replace(/[^A-Za-z0-9]/g, '')) as [string, string];
  const prefix = compact.slice(0, compact.length - letters.length);
  // The longest beginning of the ID that follows the prefix.
  const cut = [...letters].reduceRight((rest, letter) => `(?:${letter}${rest})?`, '');
  const named = template
    .replaceAll(id, PLACE.repeat(id.length))
    .replace(new RegExp(`(?<=${prefix})${cut}`, 'g'), (found) => PLACE.repeat(found.length));
  return HASHES.reduce((text, hash) => text.replace(hash, (found) => PLACE.repeat(found.length)), named);
}
