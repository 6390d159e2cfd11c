/** Neither a name nor a hash has it. */
const PLACE = '#';

const HASHES = [/c?[0-9a-f]{16,}/g, /(?<=[A-Za-z-])(?:[0-9A-F]{8})+/g];

/** What stands in front of the ID of a workspace. Elsewhere the same letters can be a setting, such as `on`, or part of a Region's name. */
const BEFORE_ID = String.raw`(?<=[Ww]orkspace[ /-]|/certificates/|"Name":\s*"tenant",\s*"Value":\s*"|"GroupName":\s*")`;

/**
 * A template without the name of its workspace and without the hashes that CDK derives from it. Two stacks with the same result differ in
 * nothing else: an ID is replaced only where a template names a workspace. What CDK cuts off or hashes is as long for each name, so a text
 * with a name is longer by as much as the name.
 *
 * @param stack the name of the stack, of which CDK also writes the letters and digits alone, sometimes cut off
 */
export function withoutNames(template: string, stack: string, id: string): string {
  if (!stack.endsWith(`workspace-${id}`)) return template;
  const [compact, letters] = [stack, id].map((name) => name.replace(/[^A-Za-z0-9]/g, '')) as [string, string];
  const prefix = compact.slice(0, compact.length - letters.length);
  // The longest beginning of the ID that follows the prefix.
  const cut = [...letters].reduceRight((rest, letter) => `(?:${letter}${rest})?`, '');
  const placed = (found: string) => (found === '' ? '' : PLACE);
  const named = template
    .replace(new RegExp(`${BEFORE_ID}${id}(?![A-Za-z0-9])`, 'g'), PLACE)
    .replace(new RegExp(`(?<=${prefix})${cut}`, 'g'), placed);
  return HASHES.reduce((text, hash) => text.replace(hash, (found) => PLACE.repeat(found.length)), named);
}
