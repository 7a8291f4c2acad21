help_fuzz(pack SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/pack.c LINK content)
