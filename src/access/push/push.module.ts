import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { systemClock } from '../../platform/kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { languageOf } from '../graph/index.js';
import { PushDesk } from './push-desk.js';
import { pushHandler, type PushLog } from './push-handler.js';

const PUSH_OPTIONS = Symbol('PUSH_OPTIONS');

export interface PushOptions {
  database: Database;
  keyring: Keyring;
  log: PushLog;
}

/** Where systems push their events to. */
@Module({})
export class PushModule implements OnModuleInit {
  constructor(
    @Inject(PUSH_OPTIONS) private readonly options: PushOptions,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  static forRoot(options: PushOptions): DynamicModule {
    return { module: PushModule, providers: [{ provide: PUSH_OPTIONS, useValue: options }] };
  }

  onModuleInit(): void {
    const { database, keyring, log } = this.options;
    this.http.httpAdapter.use(pushHandler(new PushDesk(database, keyring, systemClock), log, languageOf));
  }
}
