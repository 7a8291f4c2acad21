help_fuzz(config SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/config.c LINK shell)
