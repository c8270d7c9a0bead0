import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const IS_PUBLIC = 'tidegate:public';

/** Opens a route that needs no user token: it checks its callers itself or has nothing to hide. Routes are closed otherwise. */
export const Public = (): CustomDecorator => SetMetadata(IS_PUBLIC, true);
