'use strict';
// Loaded before anything else, also by a Node far too old for the rest: ES5 only.
var version = process.versions.node.split('.');
var major = Number(version[0]);
if (major < 20 || (major === 20 && Number(version[1]) < 19)) {
  process.stderr.write(
    '✘ NODE_TOO_OLD  需要 Node.js ≥ 20.19,现为 ' +
      process.versions.node +
      ' / Node.js ≥ 20.19 is needed, this is ' +
      process.versions.node +
      '\n  处理办法:安装 Node.js 20.19 或更新版本(nodejs.org),再执行同样的命令' +
      '\n  Cure: install Node.js 20.19 or newer (nodejs.org), then run the same command again\n',
  );
  process.exit(2);
}
