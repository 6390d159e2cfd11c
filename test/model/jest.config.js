const root = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...root,
  rootDir: '../..',
  roots: ['<rootDir>/test/model'],
  testPathIgnorePatterns: ['/node_modules/'],
  // No bundle is needed.
  globalSetup: undefined,
  globalTeardown: undefined,
};
