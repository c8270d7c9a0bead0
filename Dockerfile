# The control plane.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
# One arena instead of eight a core: freed memory goes back.
ENV NODE_ENV=production MALLOC_ARENA_MAX=1
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/prisma ./prisma
COPY --from=build --chown=root:root /app/docs/openapi ./docs/openapi
COPY --from=build --chown=root:root /app/docs/connectors ./docs/connectors
USER node
EXPOSE 8080
CMD ["node", "--max-semi-space-size=2", "--max-old-space-size=384", "dist/main.js"]
