export function diffMigrations(databaseUrl: string, migrationsFolder: string, schemaFile: string): Promise<string>;
