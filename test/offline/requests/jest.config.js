const base = require('../../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../../..',
  setupFiles: [...base.setupFiles, '<rootDir>/test/offline/requests/recorder.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
