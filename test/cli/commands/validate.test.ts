import path from 'node:path';
import { validate } from '@/lib/cli/commands/validate';
import { DEPRECATED, type Deprecated } from '@/lib/config/model/deprecated';
import { folder } from '../support';

const root = folder({
  'guard.yaml': 'boundary: [DE, FR]\n',
  'wrong.yaml': 'boundary: EU\nnam: x\n',
});

function printed(...args: string[]): string {
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  try {
    expect(validate(args)).toBe(0);
  } finally {
    spy.mockRestore();
  }
  return lines.join('\n');
}

test('a valid configuration is summed up in one line', () => {
  const sample = path.join(__dirname, '../../../residency.yaml');
  expect(printed(sample)).toBe(
    `${sample} is valid: boundary eu, primary Region eu-central-1, 1 workspace, 1 project, 2 models`,
  );
});

test('a configuration for the guard alone has nothing to deploy', () => {
  const file = path.join(root, 'guard.yaml');
  expect(printed(file)).toBe(`${file} is valid: boundary DE,FR, nothing to deploy`);
});

test('a deprecated key is named on standard error, and the configuration is valid', () => {
  const list = DEPRECATED as Deprecated[];
  const error = jest.spyOn(console, 'error').mockImplementation();
  list.push({ kind: 'key', name: 'boundary', since: '0.2.0', removedIn: '0.4.0', instead: "use 'inside'" });
  const file = path.join(root, 'guard.yaml');
  expect(printed(file)).toContain('is valid');
  expect(error).toHaveBeenCalledWith(
    `warning: ${file}:1:1: boundary: is deprecated, and version 0.4.0 refuses it; use 'inside'`,
  );
  error.mockRestore();
  list.pop();
});

test('all mistakes are reported together, each with its position', () => {
  const file = path.join(root, 'wrong.yaml');
  expect(() => printed(file)).toThrow(new RegExp(`^${file}:1:11: boundary: .*\n${file}:2:1: nam: `));
});

test.each([
  [['none.yaml'], /^none\.yaml: there is no such file/],
  [['a.yaml', 'b.yaml'], /^validate takes one file, found 2$/],
  [['--strict'], /--strict/],
])('%j is refused', (args, message) => {
  expect(() => validate(args)).toThrow(message);
});
