import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * What V8 compiled of each file in this process. Jest loads every module again for each test file, so the same packages are compiled
 * hundreds of times; with this data, V8 doesn't parse them again.
 */
const compiled = new Map<string, { readonly code: string; readonly cachedData: Buffer | undefined }>();

const { compileFunction } = vm;

Object.assign(vm, {
  compileFunction: ((code, parameters, options = {}) => {
    const { filename } = options;
    const before = filename === undefined ? undefined : compiled.get(filename);
    if (before?.code === code) return compileFunction(code, parameters, { ...options, cachedData: before.cachedData });
    const made = compileFunction(code, parameters, { ...options, produceCachedData: true });
    if (filename !== undefined) compiled.set(filename, { code, cachedData: made.cachedData });
    return made;
  }) satisfies typeof compileFunction,
});

/** Jest's environment of Node, in a process that compiles each file once. */
export default TestEnvironment;
