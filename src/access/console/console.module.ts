import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { PolicyData } from '../../governance/policy/index.js';
import { consoleFacts } from './facts.js';
import { consoleHandler, type ConsoleOptions } from './console-handler.js';
import { ASSETS, staticFile, staticFiles, type StaticFile } from './static-files.js';

const CONSOLE_OPTIONS = Symbol('CONSOLE_OPTIONS');
const WEB = join(fileURLToPath(new URL('.', import.meta.url)), 'web');

export interface ConsoleModuleOptions extends ConsoleOptions {
  policy: Pick<PolicyData, 'purposes' | 'rootFields'>;
}

/** Everything the console serves: its files, and the public facts of the policy and the standard as one more file. */
export function consoleFiles(policy: ConsoleModuleOptions['policy']): Map<string, StaticFile> {
  const facts = staticFile(Buffer.from(JSON.stringify(consoleFacts(policy))), '.json');
  return staticFiles(WEB).set(`${ASSETS}facts.json`, facts);
}

/** The page at `/`, its files below `/console/` and, for a demo on this machine, `/demo/credentials`. */
@Module({})
export class ConsoleModule implements OnModuleInit {
  constructor(
    @Inject(CONSOLE_OPTIONS) private readonly options: ConsoleModuleOptions,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  static forRoot(options: ConsoleModuleOptions): DynamicModule {
    return { module: ConsoleModule, providers: [{ provide: CONSOLE_OPTIONS, useValue: options }] };
  }

  onModuleInit(): void {
    this.http.httpAdapter.use(consoleHandler(consoleFiles(this.options.policy), this.options));
  }
}
