# The program, all of it in one static file, and nothing else.
FROM debian:bookworm-slim AS build
WORKDIR /src
# What a build needs is said in one place; a change of the source installs nothing anew.
COPY dev ./
RUN ./dev packages
COPY CMakeLists.txt CMakePresets.json ./
COPY state state
COPY api api
COPY server server
RUN ./dev build release && install -d -m 1777 /image/data && cp build/release/synthetics-local /image/

FROM scratch
COPY --from=build --chown=10001:10001 /image /
USER 10001:10001
ENV HOST=0.0.0.0
EXPOSE 4566
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1s --timeout=3s CMD ["/synthetics-local", "health"]
ENTRYPOINT ["/synthetics-local"]
