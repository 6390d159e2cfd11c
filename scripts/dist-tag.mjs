// Prints npm's dist-tag for the tag of a release: `node scripts/dist-tag.mjs v0.2.1`. The highest version is `latest`. A fix of an earlier minor
// version is `release-0.2`: npm refuses to make it `latest` unasked, and users who name no version must not get it.
import { execFileSync } from 'node:child_process';

const RELEASE = /^v(\d+)\.(\d+)\.(\d+)$/;
const numbers = (tag) => RELEASE.exec(tag)?.slice(1).map(Number);

/** Whether a version is above another one, each as its three numbers. */
function isAbove(one, other) {
  const index = one.findIndex((part, at) => part !== other[at]);
  return index >= 0 && one[index] > other[index];
}

const [tag = ''] = process.argv.slice(2);
const own = numbers(tag);
if (own === undefined) {
  console.error(
    "The release is refused: the tag isn't vMAJOR.MINOR.PATCH, so it has no dist-tag; pre-releases aren't published",
  );
  process.exitCode = 1;
} else {
  const tags = execFileSync('git', ['tag', '--list', 'v*'], { encoding: 'utf8' }).split('\n');
  const higher = tags.map(numbers).some((other) => other !== undefined && isAbove(other, own));
  console.log(higher ? `release-${own[0]}.${own[1]}` : 'latest');
}
